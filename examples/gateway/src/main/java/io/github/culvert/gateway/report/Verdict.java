package io.github.culvert.gateway.report;

/** What a replay comes to; the worst that it found. */
public enum Verdict {
    /** Every packet for the NAT came out as recorded. */
    AS_RECORDED(0, "every packet came out as recorded"),
    /** No wrong byte, but packets were refused, each with a named reason. */
    REFUSED(3, "no wrong byte; some packets were refused, each with a reason"),
    /** A wrong byte, or a loss that nothing explains. */
    WRONG(1, "a wrong byte or an unexplained loss");

    private final int exitCode;
    private final String text;

    Verdict(int exitCode, String text) {
        this.exitCode = exitCode;
        this.text = text;
    }

    /**
     * The exit code that says it to a shell.
     *
     * @return 0, 1 or 3
     */
    public int exitCode() {
        return exitCode;
    }

    /**
     * What it means.
     *
     * @return a clause without a capital or a full stop
     */
    public String text() {
        return text;
    }
}
