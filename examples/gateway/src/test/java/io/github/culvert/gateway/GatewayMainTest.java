package io.github.culvert.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The command line as a whole; that the build closes with it shows that the gateway starts. */
class GatewayMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpTeachesEachCommand() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString())
                .contains("run ", "Forward between two TUN devices")
                .doesNotContain("completion");
    }

    @Test
    void helpOfRunNamesEveryOptionAndExitCode() {
        assertThat(execute("run", "--help")).isZero();
        assertThat(out.toString())
                .contains("--inside-tun", "--outside-tun", "--inside-net", "--public", "--forward", "--enable")
                .contains("--mtu", "--[no-]ttl", "--config", "--json", "Exit codes:", "ended by TERM or INT")
                .contains("ip tuntap add dev natlan mode tun");
    }

    @Test
    void theVersionNamesProgramJavaAndSystem() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString())
                .startsWith("culvert-gateway ")
                .contains("Java " + Runtime.version().feature());
    }

    @Test
    void noCommandIsAUsageError() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).startsWith("Missing required subcommand").contains("Try 'culvert-gateway --help'.");
    }

    @Test
    void anUnknownOptionGetsASuggestionAndNoWallOfText() {
        assertThat(execute("run", "--inside-nett=1.2.3.0/24")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "Unknown option: '--inside-nett=1.2.3.0/24'",
                        "Possible solutions: --inside-tun, --inside-net, --inside-mtu",
                        "Try 'culvert-gateway run --help'.");
    }

    @Test
    void wrongSettingsAreUsageErrors() {
        assertThat(execute("run", "--inside-tun=a/b")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--inside-tun: 'a/b' is not allowed; ");
    }

    @Test
    void completionForTheShellIsThereForWhoKnows() {
        assertThat(execute("generate-completion")).isZero();
        assertThat(out.toString()).contains("complete -F", "--inside-tun");
    }

    private int execute(String... args) {
        return GatewayMain.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
