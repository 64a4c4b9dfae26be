package io.github.culvert.gateway.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/**
 * Writes JSON (RFC 8259) as it goes: nothing is held back, so that a report of any length needs no memory. Two spaces
 * of indentation for each level, ASCII only. Not safe for use by several threads.
 */
public final class JsonWriter {
    private final Appendable out;
    private int depth;
    private boolean first = true;

    /**
     * Writes to a stream of characters.
     *
     * @param out takes the text
     */
    public JsonWriter(Appendable out) {
        this.out = out;
    }

    /**
     * Opens an object that is a value by itself or in an array.
     *
     * @return this
     */
    public JsonWriter object() {
        return open("{");
    }

    /**
     * Opens an object that is the value of a name.
     *
     * @param name the name
     * @return this
     */
    public JsonWriter object(String name) {
        return open(quoted(name) + ": {");
    }

    /**
     * Opens an array that is the value of a name.
     *
     * @param name the name
     * @return this
     */
    public JsonWriter array(String name) {
        return open(quoted(name) + ": [");
    }

    /**
     * Closes the object that was opened last.
     *
     * @return this
     */
    public JsonWriter endObject() {
        return close("}");
    }

    /**
     * Closes the array that was opened last.
     *
     * @return this
     */
    public JsonWriter endArray() {
        return close("]");
    }

    /**
     * Writes a name and a text.
     *
     * @param name the name
     * @param value the text
     * @return this
     */
    public JsonWriter field(String name, String value) {
        return item(quoted(name) + ": " + quoted(value));
    }

    /**
     * Writes a name and a whole number.
     *
     * @param name the name
     * @param value the number
     * @return this
     */
    public JsonWriter field(String name, long value) {
        return item(quoted(name) + ": " + value);
    }

    /**
     * Writes a name and a truth value.
     *
     * @param name the name
     * @param value the value
     * @return this
     */
    public JsonWriter field(String name, boolean value) {
        return item(quoted(name) + ": " + value);
    }

    /**
     * Writes a name and a time in seconds, exact to the nanosecond.
     *
     * @param name the name
     * @param nanos nanoseconds
     * @return this
     */
    public JsonWriter seconds(String name, long nanos) {
        return item(quoted(name) + ": " + BigDecimal.valueOf(nanos, 9).toPlainString());
    }

    private JsonWriter open(String text) {
        item(text);
        depth++;
        first = true;
        return this;
    }

    private JsonWriter close(String text) {
        depth--;
        if (!first) {
            newLine();
        }
        append(text);
        first = false;
        if (depth == 0) {
            append("\n");
        }
        return this;
    }

    private JsonWriter item(String text) {
        if (!first) {
            append(",");
        }
        if (depth > 0) {
            newLine();
        }
        append(text);
        first = false;
        return this;
    }

    private void newLine() {
        append("\n" + "  ".repeat(depth));
    }

    private void append(String text) {
        try {
            out.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A text as it stands in JSON.
     *
     * @param text the text
     * @return the text between quotes, ASCII only
     */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> quoted.append(c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : c);
            }
        }
        return quoted.append('"').toString();
    }
}
