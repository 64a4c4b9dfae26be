package io.github.culvert.l2tp;

import io.github.culvert.nat.testkit.architecture.AlgArchitecture;

class ArchitectureTest implements AlgArchitecture {
    @Override
    public String root() {
        return "io.github.culvert.l2tp";
    }
}
