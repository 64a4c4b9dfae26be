package io.github.culvert.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.culvert.gateway.Processes.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar between two real TUN devices: the kernel is both hosts. */
class TunIT {
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    @BeforeAll
    static void needsNamespacesAndTun() {
        boolean linux = Files.exists(Path.of("/dev/net/tun"));
        assumeTrue(linux, "left out: there is no /dev/net/tun, so no real packet passes the gateway in this test");
        assumeTrue(runs("unshare", "-n", "-m", "true"), "left out: network namespaces need root (unshare -n -m)");
        assumeTrue(runs("ip", "-V") && runs("ping", "-V"), "left out: the programs ip and ping are missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"term", "int"})
    void pingPassesAndASignalEndsItWithASummary(String signal) {
        Result result = lab("ping", signal);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines()).singleElement().asString().contains("\"outbound\":{\"packets\":3,");
        assertThat(result.err()).contains("forwarding between natlan", "ended");
    }

    @Test
    void usr1ReportsInBetween() {
        Result result = lab("ping", "report", "ping", "term");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines()).hasSizeBetween(1, 2); // both signals may come before the first is served
        assertThat(result.out()).contains("\"outbound\":{\"packets\":6,");
    }

    @Test
    void anInterfaceThatGoesDownAndUpLosesPacketsOnlyMeanwhile() {
        Result result = lab("ping", "flap", "ping", "term");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("\"lost\":{\"inside\":0,\"outside\":1}");
        assertThat(result.err()).contains("natwan did not take a packet");
    }

    @Test
    void aDeviceThatIsDeletedEndsItWithCodeOne() {
        Result result = lab("ping", "delete");
        assertThat(result.code()).as(result.err()).isEqualTo(1);
        assertThat(result.out()).contains("\"outbound\":{\"packets\":3,");
        assertThat(result.err()).contains("ended: a TUN device is gone");
    }

    @Test
    void theCommandsOfTheReadmeMakeAWorkingGateway() {
        Result result = script("readme-lab.sh", "README.md");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("\"outbound\":{\"packets\":3,");
        assertThat(result.err()).contains("ip neigh add proxy 203.0.113.1 dev wan");
    }

    private static Result lab(String... actions) {
        return script("tun-lab.sh", actions);
    }

    private static Result script(String name, String... actions) {
        Path script = RESOURCES.resolve(name);
        List<String> command = new ArrayList<>(List.of("unshare", "-n", "-m", "sh", script.toString()));
        command.addAll(Arrays.asList(actions));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA", Processes.JAVA.toString());
        builder.environment().put("JAR", Processes.JAR.toString());
        return Processes.run(builder);
    }

    private static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (java.io.IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
