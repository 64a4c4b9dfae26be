package io.github.culvert.pptp;

/** Placeholder. */
public enum Message { /** None. */ NONE }
