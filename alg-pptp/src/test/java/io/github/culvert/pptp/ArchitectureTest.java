package io.github.culvert.pptp;

import io.github.culvert.nat.testkit.architecture.AlgArchitecture;

class ArchitectureTest implements AlgArchitecture {
    @Override
    public String root() {
        return "io.github.culvert.pptp";
    }
}
