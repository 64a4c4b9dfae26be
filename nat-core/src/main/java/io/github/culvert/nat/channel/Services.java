package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.wire.UdpLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ALGs of an engine, and what is read for those that are on. One thread. */
final class Services {
    /** A control of an ALG that is on. */
    record Match(Service service, Control control) {}

    private final List<Service> all = new ArrayList<>();
    private final @Nullable Demux[] demuxes = new Demux[256];
    private final SharedServices shared = new SharedServices();
    /** By protocol number, who is told of packets that are bound to nothing. */
    private final @Nullable Service[] told = new Service[256];

    void add(Alg alg, int timeoutClass) {
        all.add(new Service(alg, timeoutClass));
        choose();
    }

    void turn(Service service, boolean on) {
        service.on = on;
        choose();
    }

    private void choose() {
        Arrays.fill(demuxes, null);
        Arrays.fill(told, null);
        shared.clear();
        for (Service service : all) {
            if (service.on) {
                service.alg.demuxes().forEach(demux -> choose(service, demux));
            }
        }
    }

    private void choose(Service service, Demux demux) {
        if (demux.protocol() == UdpLayout.PROTOCOL) {
            shared.add(service.alg, demux);
            return;
        }
        demuxes[demux.protocol()] = demux;
        told[demux.protocol()] = demux.unbound() == Demux.Unbound.TOLD ? service : null;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Optional<Service> named(String name) {
        return all.stream().filter(service -> service.alg.name().equals(name)).findFirst();
    }

    /** Who reads what goes to a service port. */
    Optional<Match> reading(int protocol, int port) {
        for (Service service : all) {
            for (Control control : service.alg.controls()) {
                if (service.on && control.port() == port && control.protocol().number() == protocol) {
                    return Optional.of(new Match(service, control));
                }
            }
        }
        return Optional.empty();
    }

    /** Who is told of packets of a protocol that are bound to nothing. */
    @Nullable
    Service told(int protocol) {
        return told[protocol];
    }

    @Nullable
    Demux[] demuxes() {
        return demuxes;
    }

    SharedServices shared() {
        return shared;
    }

    List<AlgStatus> statuses() {
        return all.stream().map(Service::status).toList();
    }
}
