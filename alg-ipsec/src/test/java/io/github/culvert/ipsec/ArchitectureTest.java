package io.github.culvert.ipsec;

import io.github.culvert.nat.testkit.architecture.AlgArchitecture;

class ArchitectureTest implements AlgArchitecture {
    @Override
    public String root() {
        return "io.github.culvert.ipsec";
    }

    @Override
    public String[] libraries() {
        return new String[] {"org.bouncycastle.."};
    }
}
