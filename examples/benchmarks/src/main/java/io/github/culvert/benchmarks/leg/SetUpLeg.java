package io.github.culvert.benchmarks.leg;

import io.github.culvert.benchmarks.traffic.BufferKind;
import io.github.culvert.benchmarks.traffic.Calls;
import io.github.culvert.benchmarks.traffic.ControlConnection;
import io.github.culvert.benchmarks.traffic.Dialogues;
import io.github.culvert.benchmarks.traffic.Engines;
import io.github.culvert.benchmarks.traffic.Ring;
import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.packet.ChecksumStatus;

/**
 * Calls of PPTP that are set up, and ended to make room for others: the number of live calls stays, one for each client.
 * The engine is asked to do what is due after every call. Making the packets is part of the work.
 */
public final class SetUpLeg extends Leg {
    /** What belongs to the set-up of a call. */
    public enum Way {
        /** Request and reply; each client keeps its control connection. */
        CALL,
        /** All of a client's visit: the control connection, its start, the call, and the end of both. */
        CONNECTION
    }

    private static final int BUDGET = 256;
    /** So that 15,000 Call IDs rest, and as many closed connections linger as there are calls in four minutes. */
    private static final long NANOS_PER_CALL = 4_000_000;

    private static final int WARM_UP = 100_000;
    private static final int CLIENT_ID = 0x1000;

    private final NatEngine engine;
    private final Dialogues dialogues;
    private final Way way;
    private final ControlConnection[] connections;
    private int next;
    private long opened;

    /**
     * A leg; sets the first calls up.
     *
     * @param name its name
     * @param engine has no sessions yet
     * @param way what belongs to each
     * @param live how many calls to keep alive
     */
    public SetUpLeg(String name, NatEngine engine, Way way, int live) {
        super(name, Clock.CPU);
        this.engine = engine;
        this.way = way;
        this.dialogues = new Dialogues(engine, BufferKind.HEAP, ChecksumStatus.TRUSTED);
        this.connections = new ControlConnection[live];
        for (int i = 0; i < live; i++) {
            connections[i] = connect(i);
            dialogues.call(connections[i], CLIENT_ID, serverId(i));
        }
        round(Math.max(2 * live, WARM_UP) / Ring.SIZE + 1);
    }

    @Override
    void prepare() {}

    @Override
    void work() {
        for (int i = 0; i < Ring.SIZE; i++) {
            visit(next);
            next = next + 1 == connections.length ? 0 : next + 1;
            dialogues.pass(NANOS_PER_CALL, BUDGET);
        }
    }

    private void visit(int client) {
        dialogues.end(connections[client], serverId(client));
        if (way == Way.CONNECTION) {
            dialogues.close(connections[client]);
            connections[client] = connect(client);
        }
        dialogues.call(connections[client], CLIENT_ID, serverId(client));
    }

    /** A client has its hosts' ports by turns, so that none comes again before its last connection is forgotten. */
    private ControlConnection connect(int client) {
        int hosts = Math.min(connections.length, Engines.MOST_HOSTS);
        int number = (int) (opened++ % ((long) hosts * Engines.PORTS));
        ControlConnection connection = new ControlConnection(Engines.inside(number, hosts), Calls.server(client));
        dialogues.open(connection);
        return connection;
    }

    /** Each call of a server has a Call ID of its own. */
    private static int serverId(int client) {
        return 1 + client / Calls.SERVERS;
    }

    /** All that was set up is there, and nothing else; what did not come through has thrown. */
    @Override
    void check(long count) {
        AlgStatus pptp = engine.table().algs().get(0);
        boolean kept = way == Way.CONNECTION || pptp.channels() == connections.length;
        if (pptp.sessions() != connections.length || !kept) {
            throw new IllegalStateException(name() + ": " + pptp + " with " + connections.length + " calls");
        }
    }
}
