package io.github.culvert.nat.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.DeterministicRanges;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Dependence;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.PortRange;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.table.TableModel.Inside;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which host has which public address and blocks, and what rests: the part of the model that identifiers come from. */
final class AddressBindings {
    private record Freed(Inside outside, long tick) {}

    private final NatConfig config;
    private final Map<Ipv4Address, Ipv4Address> addresses = new HashMap<>();
    private final Map<PortRange, Ipv4Address> blocks = new HashMap<>();
    private final List<Freed> freed = new ArrayList<>();

    AddressBindings(NatConfig config) {
        this.config = config;
    }

    void bound(Ipv4Address host, Ipv4Address outside) {
        assertThat(addresses.put(host, outside)).isNull();
    }

    void released(Ipv4Address host, Ipv4Address outside) {
        assertThat(addresses.remove(host)).isEqualTo(outside);
    }

    void isBound(Ipv4Address host, Ipv4Address outside) {
        assertThat(addresses.get(host)).isEqualTo(outside);
    }

    void allocated(Ipv4Address host, PortRange block) {
        assertThat(block.first()).isGreaterThanOrEqualTo(1024);
        assertThat(block.first() % block.size()).isZero();
        assertThat(blocks.put(block, host)).isNull();
    }

    void freed(Ipv4Address host, PortRange block) {
        assertThat(blocks.remove(block)).isEqualTo(host);
    }

    /** A dynamic mapping may have what it has got. */
    void assigned(Mapping mapping, long tick) {
        Ipv4Address host = mapping.inside().address();
        Inside outside = new Inside(mapping.protocol(), mapping.outside());
        int identifier = (int) mapping.outside().identifier();
        assertThat(addresses.get(host)).isEqualTo(mapping.outside().address());
        assertThat(config.identifiers().excluded()).doesNotContain(identifier);
        assertThat(mustRest(outside, tick)).as("%s rests", outside).isFalse();
        if (config.identifiers().assignment() instanceof Assignment.Shared) {
            return;
        }
        boolean inBlock = blocks.entrySet().stream()
                .anyMatch(block ->
                        block.getKey().address().equals(mapping.outside().address())
                                && block.getKey().contains(identifier)
                                && block.getValue().equals(host));
        assertThat(inBlock || isInRange(mapping)).isTrue();
    }

    private boolean isInRange(Mapping mapping) {
        return config.identifiers().assignment() instanceof Assignment.Deterministic
                && DeterministicRanges.of(config)
                        .insideOf(mapping.outside().address(), (int)
                                mapping.outside().identifier())
                        .filter(mapping.inside().address()::equals)
                        .isPresent();
    }

    void freed(Mapping mapping, long tick) {
        if (config.behaviours().of(mapping.protocol()).filtering() == Dependence.ENDPOINT_INDEPENDENT) {
            freed.add(new Freed(new Inside(mapping.protocol(), mapping.outside()), tick));
        }
    }

    /** Whether an identifier was freed a short while ago, and so few others after it that it still rests. */
    private boolean mustRest(Inside outside, long tick) {
        int most = config.identifiers().rest().most();
        List<Freed> latest = freed.subList(Math.max(0, freed.size() - most), freed.size());
        int time = Ticks.ofTimeout(config.identifiers().rest().time());
        return latest.stream().anyMatch(one -> one.outside.equals(outside) && tick - one.tick < time);
    }

    boolean hasRested(Inside outside) {
        return freed.stream().anyMatch(one -> one.outside.equals(outside));
    }

    void isEmpty() {
        assertThat(addresses).isEmpty();
        assertThat(blocks).isEmpty();
    }
}
