package io.github.culvert.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where and when it was measured.
 *
 * @param processor the processor's name
 * @param processors how many processors the virtual machine may use
 * @param system the operating system
 * @param jdk the virtual machine
 * @param date the day
 * @param load the load average of the last minute at the end, other programs included
 */
record Machine(String processor, int processors, String system, String jdk, String date, double load) {
    static Machine here() {
        String jdk = System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version");
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                jdk,
                LocalDate.now(ZoneOffset.UTC).toString(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %d processor(s) used; %s; %s; %s; load average at the end %.1f",
                processor,
                processors,
                system,
                jdk,
                date,
                load);
    }
}
