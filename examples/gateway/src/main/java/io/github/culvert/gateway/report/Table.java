package io.github.culvert.gateway.report;

import java.util.ArrayList;
import java.util.List;

/** A table of text: columns as wide as their widest cell, numbers to the right. */
final class Table {
    /** How many rows are printed; people do not read more. */
    static final int MOST_ROWS = 20;

    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private long left;

    Table(String... heading) {
        rows.add(heading);
    }

    Table row(Object... cells) {
        if (rows.size() > MOST_ROWS) {
            left++;
            return this;
        }
        String[] texts = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            texts[i] = String.valueOf(cells[i]);
        }
        rows.add(texts);
        return this;
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The lines of the table, each with an indentation of two spaces. */
    List<String> lines() {
        int[] widths = new int[rows.get(0).length];
        rows.forEach(row -> {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        });
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(line(row, widths)));
        if (left > 0) {
            lines.add(GAP + "... and " + left + " more");
        }
        return lines;
    }

    private String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String padding = " ".repeat(widths[i] - row[i].length());
            line.append(GAP).append(isNumeric(i) ? padding + row[i] : row[i] + padding);
        }
        return line.toString().stripTrailing();
    }

    private boolean isNumeric(int column) {
        return rows.stream().skip(1).allMatch(row -> row[column].matches("[0-9]+"));
    }
}
