package io.github.culvert.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.replay.PptpTalk;
import io.github.culvert.gateway.tun.TunException;
import io.github.culvert.gateway.tun.TunNames;
import io.github.culvert.gateway.tun.TunPairs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RunCommandTest {
    private static final String[] COMPLETE = {
        "--inside-tun=natlan", "--outside-tun=natwan", "--inside-net=192.168.77.0/24", "--public=203.0.113.1"
    };

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ScriptedTuns tuns = new ScriptedTuns();

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    @DisabledOnOs(OS.WINDOWS)
    void aSignalEndsItWithCodeZeroAndASummary(String signal) {
        Semaphore woken = new Semaphore(0);
        ScriptedTuns waiting = tuns.then(() -> raise(signal));
        assertThat(execute((inside, outside) -> new WaitingTuns(waiting, woken), COMPLETE))
                .isZero();
        assertThat(out.toString()).contains("outbound    0 packets, 0 bytes");
        assertThat(tuns.isClosed()).isTrue();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theSignalUsr1PrintsASummaryInBetween() {
        Semaphore woken = new Semaphore(0);
        ScriptedTuns waiting = tuns.then(() -> raise("USR1")).then(() -> raise("TERM"));
        String[] args = {COMPLETE[0], COMPLETE[1], COMPLETE[2], COMPLETE[3], "--json"};
        assertThat(execute((inside, outside) -> new WaitingTuns(waiting, woken), args))
                .isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("{\"seconds\":").endsWith("}"));
    }

    /** The NAT can keep both port and Call ID, so that the outside sees them as they are. */
    @Test
    void theAlgThatIsNamedLetsItsProtocolThrough() {
        List<byte[]> inside = call("192.168.77.11:5000");
        List<byte[]> outside = call("203.0.113.1:5000");
        for (int i = 0; i < inside.size(); i++) {
            byte[] sent = inside.get(i);
            byte[] seen = outside.get(i);
            boolean fromServer = Arrays.equals(sent, 12, 16, seen, 12, 16);
            tuns.then(() -> (fromServer ? tuns.outside() : tuns.inside()).feed(fromServer ? seen : sent));
        }
        tuns.then(() -> tuns.inside().vanish());

        String[] args = {COMPLETE[0], COMPLETE[1], COMPLETE[2], COMPLETE[3], "--enable=pptp", "--json"};
        assertThat(execute((in, out) -> tuns, args)).isEqualTo(1);

        assertThat(tuns.outside().written()).hasSize(5);
        assertThat(tuns.inside().written()).hasSize(5);
        assertThat(out.toString())
                .contains("\"refused\":{}", "\"notices\":{}")
                .contains("\"vpns\":[{\"protocol\":\"PPTP\",\"inside\":\"192.168.77.11\",")
                .contains("\"state\":\"1 call\"");
    }

    private static List<byte[]> call(String client) {
        return new PptpTalk(client, "198.51.100.7:1723", 1000)
                .opened()
                .says(PptpTalk.callRequest("1234"))
                .getsGre(PptpTalk.greData("1234"))
                .hears(PptpTalk.callReply("0080", "1234", "01"))
                .sendsGre(PptpTalk.greData("0080"))
                .getsGre(PptpTalk.greData("1234"))
                .packets();
    }

    @Test
    void aDeviceThatVanishesEndsItWithCodeOne() {
        tuns.then(() -> tuns.inside().vanish());
        assertThat(execute((inside, outside) -> tuns, COMPLETE)).isEqualTo(1);
        assertThat(out.toString()).contains("outbound    0 packets, 0 bytes");
        assertThat(tuns.isClosed()).isTrue();
    }

    @Test
    void aFaultEndsItWithCodeOneAndASummary() {
        tuns.then(() -> {
            throw new IllegalStateException("a fault, as this test wants it");
        });
        assertThat(execute((inside, outside) -> tuns, COMPLETE)).isEqualTo(1);
        assertThat(out.toString()).contains("outbound    0 packets, 0 bytes");
        assertThat(tuns.isClosed()).isTrue();
    }

    @Test
    void aDeviceThatCannotBeOpenedIsCodeTwoWithAdvice() {
        TunPairs none = (inside, outside) -> {
            throw new TunException(inside + ": run as root", null);
        };
        assertThat(execute(none, COMPLETE)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("natlan: run as root" + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void badNamesOfDevicesComeWithAllOtherProblems() {
        assertThat(refusal("--inside-tun=sixteen-bytes-xx", "--public=x"))
                .containsExactly(
                        "--inside-tun: 'sixteen-bytes-xx' is not allowed; " + TunNames.ALLOWED,
                        "--outside-tun is missing: " + TunNames.ALLOWED,
                        "--public: 'x' is not allowed; an IPv4 address such as 203.0.113.1",
                        "--inside-net is missing: at least one network, such as 10.0.0.0/8");
    }

    @Test
    void theTwoDevicesMustDiffer() {
        assertThat(refusal("--inside-tun=a", "--outside-tun=a", COMPLETE[2], COMPLETE[3]))
                .containsExactly("--outside-tun: 'a' is not allowed; another device than that of the inside");
    }

    private java.util.stream.Stream<String> lines() {
        return err.toString().lines();
    }

    private java.util.List<String> refusal(String... args) {
        TunPairs none = (inside, outside) -> {
            throw new AssertionError("opens devices although the settings are wrong");
        };
        assertThat(execute(none, args)).isEqualTo(2);
        return lines().toList();
    }

    private int execute(TunPairs pairs, String... args) {
        return new CommandLine(new RunCommand(pairs))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setParameterExceptionHandler((e, ignored) -> {
                    err.write(e.getMessage());
                    return 2;
                })
                .execute(args);
    }

    private static void raise(String signal) {
        try {
            new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            String.valueOf(ProcessHandle.current().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a step, and then waits until the signal that it raised has arrived. */
    private record WaitingTuns(ScriptedTuns tuns, Semaphore woken) implements io.github.culvert.gateway.tun.TunPair {
        @Override
        public ScriptedTuns.Device inside() {
            return tuns.inside();
        }

        @Override
        public ScriptedTuns.Device outside() {
            return tuns.outside();
        }

        @Override
        public void await(long nanos) {
            tuns.await(nanos);
            try {
                assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void wakeUp() {
            woken.release();
        }

        @Override
        public void close() {
            tuns.close();
        }
    }
}
