package io.github.culvert.gateway;

import picocli.CommandLine.IVersionProvider;

/** The version, from the manifest of the jar. */
final class Version implements IVersionProvider {
    /** Made by picocli. */
    Version() {}

    @Override
    public String[] getVersion() {
        String version = GatewayMain.class.getPackage().getImplementationVersion();
        return new String[] {
            "culvert-gateway " + (version == null ? "(not packaged)" : version),
            "Java ${java.version} (${java.vendor}), ${os.name} ${os.version} ${os.arch}"
        };
    }
}
