package io.github.culvert.l2tp;

/** Placeholder. */
public enum Message { /** None. */ NONE }
