package io.github.culvert.benchmarks.traffic;

import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import java.util.Random;

/**
 * Calls of PPTP beside as many UDP sessions, in one engine; opened by clients and servers that talk through it. Each client
 * has a connection with {@link #PER_CONNECTION} calls, and numbers them from 0x1000 on like all others, so that many get
 * another Call ID from the engine.
 */
public final class Calls {
    /** How many calls a connection has. */
    public static final int PER_CONNECTION = 4;

    /** How many servers there are. */
    public static final int SERVERS = 8;

    private static final int FIRST_SERVER = 0x0801_0101;
    private static final int FIRST_CALL_ID = 0x1000;

    private final NatEngine engine;
    private final PacketPlan udp;
    private final PacketPlan gre;

    /**
     * Opens sessions.
     *
     * @param count how many UDP sessions, and how many calls; a multiple of {@link #PER_CONNECTION}
     * @param kind where the packets lie that open them
     */
    public Calls(int count, BufferKind kind) {
        engine = Engines.repeatableWithPptp(Engines.config(Sessions.PUBLIC_ADDRESSES));
        udp = new PacketPlan(Template.UDP, 2 * count);
        gre = new PacketPlan(Template.GRE, 2 * count);
        Random random = new Random(5);
        int connections = count / PER_CONNECTION;
        try (Opener opener = new Opener(engine, kind);
                Dialogues dialogues = new Dialogues(engine, kind, ChecksumStatus.VERIFY)) {
            for (int i = 0; i < connections; i++) {
                for (int j = 0; j < PER_CONNECTION; j++) {
                    open(Engines.inside(PER_CONNECTION * i + j, Math.min(count, Engines.MOST_HOSTS)), random, opener);
                }
                call(i, connections, dialogues);
            }
            dialogues.settle();
        }
        udp.shuffle(random);
        gre.shuffle(random);
    }

    private void open(long inside, Random random, Opener opener) {
        long remote = Endpoints.of(0x0800_0000 + random.nextInt(1 << 24), 443);
        long mapped = opener.open(Template.UDP, inside, remote);
        udp.add(Side.INSIDE, inside, remote);
        udp.add(Side.OUTSIDE, remote, mapped);
    }

    private void call(int number, int connections, Dialogues dialogues) {
        long client = Engines.inside(number, Math.min(connections, Engines.MOST_HOSTS));
        int server = server(number);
        ControlConnection connection = new ControlConnection(client, server);
        dialogues.open(connection);
        int inside = Endpoints.address(client);
        for (int i = 0; i < PER_CONNECTION; i++) {
            int serverId = number / SERVERS * PER_CONNECTION + i;
            int outsideId = dialogues.call(connection, FIRST_CALL_ID + i, serverId);
            gre.addCall(Side.INSIDE, inside, server, serverId);
            gre.addCall(Side.OUTSIDE, server, Endpoints.address(connection.outside), outsideId);
        }
    }

    /**
     * The server of a connection; two of one host, which come {@link Engines#MOST_HOSTS} apart, do not have the same.
     *
     * @param connection its number
     * @return the address of one of {@link #SERVERS}
     */
    public static int server(int connection) {
        return FIRST_SERVER + (connection + connection / Engines.MOST_HOSTS) % SERVERS;
    }

    /**
     * The engine, with the sessions.
     *
     * @return the engine
     */
    public NatEngine engine() {
        return engine;
    }

    /**
     * One packet out and one in of every UDP session, in random order.
     *
     * @return the plan
     */
    public PacketPlan udp() {
        return udp;
    }

    /**
     * One packet out and one in of every call, in random order.
     *
     * @return the plan
     */
    public PacketPlan gre() {
        return gre;
    }
}
