package io.github.culvert.ipsec;

/** Placeholder. */
public enum Message { /** None. */ NONE }
