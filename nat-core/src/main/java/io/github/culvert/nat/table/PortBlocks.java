package io.github.culvert.nat.table;

import io.github.culvert.nat.config.Assignment;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of ports that belong to one inside host each, in all protocols (RFC 6888 REQ-14, RFC 7422 section 2). A block is
 * its host's from the first identifier in it that is used to the last. The blocks of a host are a chain, newest first.
 * Not safe for use by several threads.
 */
final class PortBlocks {
    /** No identifier, or no block. */
    private static final int NONE = -1;

    private static final int FIRST_PORT = 1024;
    private static final int ALL_PORTS = 1 << 16;

    private final PublicPool pool;
    private final Hosts hosts;
    private final TableEvents events;
    private final RandomGenerator random;
    private final int size;
    /** The first port that is in a block; those from here on are. */
    private final int firstPort;

    private @Nullable Table[] tables = new Table[0];
    private int made;

    /** The blocks of one public address, by number. */
    private static final class Table {
        /** The host, or 0. */
        final int[] hosts;
        /** The next block of the same host: its number over all addresses plus one, or 0. */
        final int[] next;
        /** How many identifiers are used in it, of all protocols. */
        final int[] used;

        int free;

        Table(int count) {
            hosts = new int[count];
            next = new int[count];
            used = new int[count];
            free = count;
        }
    }

    private PortBlocks(TableParts parts, int size, int firstPort) {
        this.pool = parts.pool;
        this.hosts = parts.hosts;
        this.events = parts.events;
        this.random = parts.random;
        this.size = size;
        this.firstPort = firstPort;
    }

    /** The blocks that an assignment asks for, or null if it has none. */
    static @Nullable PortBlocks of(TableParts parts, Assignment assignment) {
        if (assignment instanceof Assignment.Blocks blocks) {
            return new PortBlocks(parts, blocks.size(), Math.max(FIRST_PORT, blocks.size()));
        }
        if (assignment instanceof Assignment.Deterministic fixed) {
            return new PortBlocks(parts, fixed.overflowBlock(), ALL_PORTS - fixed.overflowPorts());
        }
        return null;
    }

    private int count() {
        return (ALL_PORTS - firstPort) / size;
    }

    private Table table(int publicIndex) {
        if (publicIndex >= tables.length) {
            tables = Arrays.copyOf(tables, pool.end());
        }
        Table table = tables[publicIndex];
        if (table == null) {
            table = new Table(count());
            tables[publicIndex] = table;
            made++;
        }
        return table;
    }

    private int first(int block) {
        return firstPort + block * size;
    }

    /** An identifier of a public address for a host: out of a block of its own, or of one that nobody has; or -1. */
    int draw(int host, int publicIndex, int protocol) {
        IdentifierSpace space = pool.space(publicIndex, protocol);
        for (int link = hosts.blocks(host); link != 0; link = next(link)) {
            int drawn = indexOf(link) == publicIndex ? draw(space, numberOf(link)) : NONE;
            if (drawn != NONE) {
                return drawn;
            }
        }
        return drawFree(table(publicIndex), space);
    }

    private int draw(IdentifierSpace space, int block) {
        return space.draw(first(block), first(block) + size - 1, Parity.ANY, random);
    }

    /** Out of a free block drawn by chance, or the next one that has something to draw for the protocol. */
    private int drawFree(Table table, IdentifierSpace space) {
        if (table.free == 0) {
            return NONE;
        }
        int count = table.hosts.length;
        int start = random.nextInt(count);
        for (int n = 0; n < count; n++) {
            int block = (start + n) % count;
            int drawn = table.hosts[block] == 0 ? draw(space, block) : NONE;
            if (drawn != NONE) {
                return drawn;
            }
        }
        return NONE;
    }

    /** A host takes an identifier that was drawn for it; a block that nobody has becomes its. */
    void take(int host, int publicIndex, int identifier) {
        if (identifier < firstPort) {
            return;
        }
        Table table = table(publicIndex);
        int block = (identifier - firstPort) / size;
        if (table.used[block]++ == 0) {
            table.hosts[block] = host;
            table.free--;
            table.next[block] = hosts.blocks(host);
            hosts.blocks(host, link(publicIndex, block));
            events.blockAllocated(hosts.address(host), publicIndex, first(block), first(block) + size - 1);
        }
    }

    /** A host gives an identifier back that it has taken. */
    void release(int host, int publicIndex, int identifier) {
        if (identifier < firstPort) {
            return;
        }
        Table table = table(publicIndex);
        int block = (identifier - firstPort) / size;
        if (--table.used[block] == 0) {
            unlink(host, link(publicIndex, block));
            table.hosts[block] = 0;
            table.free++;
            events.blockFreed(hosts.address(host), publicIndex, first(block), first(block) + size - 1);
        }
    }

    private void unlink(int host, int link) {
        int after = next(link);
        int before = hosts.blocks(host);
        if (before == link) {
            hosts.blocks(host, after);
            return;
        }
        while (next(before) != link) {
            before = next(before);
        }
        table(indexOf(before)).next[numberOf(before)] = after;
    }

    private int link(int publicIndex, int block) {
        return publicIndex * count() + block + 1;
    }

    private int indexOf(int link) {
        return (link - 1) / count();
    }

    private int numberOf(int link) {
        return (link - 1) % count();
    }

    private int next(int link) {
        return table(indexOf(link)).next[numberOf(link)];
    }

    /** Forgets a public address whose blocks nobody has any more. */
    void forget(int publicIndex) {
        if (publicIndex < tables.length && tables[publicIndex] != null) {
            tables[publicIndex] = null;
            made--;
        }
    }

    long memory() {
        return 4L * tables.length + 12L * made * count();
    }
}
