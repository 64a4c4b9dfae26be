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

    /** Makes namespaces: as root, or as the root of a user namespace. */
    private static List<String> unshare = List.of();

    @BeforeAll
    static void needsNamespacesAndTun() {
        needs(Files.exists(Path.of("/dev/net/tun")), "there is no /dev/net/tun");
        needs(runs("ip", "-V") && runs("ping", "-V"), "the programs ip and ping are missing");
        List<String> asRoot = List.of("unshare", "-n", "-m");
        List<String> asUser = List.of("unshare", "-r", "-n", "-m");
        unshare = runs(asRoot, "true") ? asRoot : asUser;
        needs(runs(unshare, "true"), "network namespaces need root, and user namespaces are off");
    }

    private static void needs(boolean present, String otherwise) {
        if (!present) {
            System.err.println("TunIT is left out, so no real packet passes the gateway: " + otherwise);
        }
        assumeTrue(present, otherwise);
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
        List<String> command = new ArrayList<>(unshare);
        command.addAll(List.of("sh", script.toString()));
        command.addAll(Arrays.asList(actions));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA", Processes.JAVA.toString());
        builder.environment().put("JAR", Processes.JAR.toString());
        return Processes.run(builder);
    }

    private static boolean runs(List<String> prefix, String program) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program);
        return runs(command.toArray(String[]::new));
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
