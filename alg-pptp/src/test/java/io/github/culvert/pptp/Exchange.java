package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Octets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A client and a server that talk PPTP as if there were no NAT: the client places its calls, uses and ends them. Checks
 * that each gets word for word what the other one said, but for the Call ID of the client, which the server always takes
 * for the same one.
 */
final class Exchange {
    private static final int CALLS = 3;

    final Peer client;
    final Peer server;
    private final int firstPac;
    private final Queue<Octets> toServer = new ArrayDeque<>();
    private final Queue<Octets> toClient = new ArrayDeque<>();
    /** What the server takes for the Call ID of the client, by the server's own. */
    private final Map<Integer, Integer> outside = new HashMap<>();
    /** The server's Call ID of the calls that are up, by the client's own. */
    final Map<Integer, Integer> up = new HashMap<>();

    private final Set<Integer> over = new TreeSet<>();
    /** The server's Call IDs of calls that it has said to be over. */
    private final Set<Integer> disconnected = new TreeSet<>();
    /** Calls that the client has cleared, and of whose end it has not heard. */
    private int cleared;

    Exchange(Endpoint inside, Endpoint seen, Endpoint remote, int firstPac, Random dice) {
        this.firstPac = firstPac;
        client = new Peer(inside, remote, dice, this::atClient);
        server = new Peer(remote, seen, dice, this::atServer);
    }

    void begin() {
        clientSays(Messages.startRequest());
    }

    boolean isDone() {
        return over.size() == CALLS && toServer.isEmpty() && toClient.isEmpty() && client.isHeard() && server.isHeard();
    }

    /** Whether neither side has heard of the end of a call. */
    boolean isUp(int insideId) {
        return !disconnected.contains(up.get(insideId));
    }

    /** What the server takes for a Call ID of the client. */
    int outside(int insideId) {
        return outside.get(up.get(insideId));
    }

    private void clientSays(Octets message) {
        toServer.add(message);
        client.say(message);
    }

    private void serverSays(Octets message) {
        toClient.add(message);
        server.say(message);
    }

    private static int type(Octets message) {
        return message.u16(8);
    }

    private void atServer(Octets message) {
        Octets said = toServer.remove();
        switch (type(said)) {
            case 7, 12 -> assertThat(Messages.put16(message, 12, said.u16(12))).isEqualTo(said);
            default -> assertThat(message).isEqualTo(said);
        }
        switch (type(message)) {
            case 1 -> serverSays(Messages.startReply());
            case 5 -> serverSays(Messages.echoReply());
            case 7 -> {
                int pac = firstPac + outside.size();
                assertThat(outside.values()).doesNotContain(message.u16(12));
                outside.put(pac, message.u16(12));
                serverSays(Messages.outgoingReply(pac, message.u16(12)));
                serverSays(Messages.wanError(message.u16(12)));
            }
            case 12 -> {
                int pac = up.get(said.u16(12));
                assertThat(message.u16(12)).isEqualTo(outside.get(pac));
                disconnected.add(pac);
                serverSays(Messages.disconnect(pac));
            }
            default -> {}
        }
    }

    private void atClient(Octets message) {
        Octets said = toClient.remove();
        int at = type(said) == 8 ? 14 : 12;
        if (type(said) == 8 || type(said) == 14) {
            assertThat(Messages.put16(message, at, said.u16(at))).isEqualTo(said);
            assertThat(message.u16(at)).isBetween(1, CALLS);
        } else {
            assertThat(message).isEqualTo(said);
        }
        switch (type(message)) {
            case 2 -> {
                for (int id = 1; id <= CALLS; id++) {
                    clientSays(Messages.outgoingRequest(id));
                }
            }
            case 8 -> {
                up.put(message.u16(14), message.u16(12));
                clientSays(Messages.linkInfo(message.u16(12)));
            }
            case 14 -> clientSays(Messages.echoRequest());
            case 6 -> {
                // an end for one of the calls that are up, each of which had its echo
                int next = over.size() + cleared;
                if (next < CALLS) {
                    cleared++;
                    clientSays(Messages.clear(next + 1));
                }
            }
            case 13 -> {
                int ended = over.size() + 1;
                assertThat(message.u16(12)).isEqualTo(up.get(ended));
                over.add(ended);
                cleared--;
                up.remove(ended);
            }
            default -> {}
        }
    }
}
