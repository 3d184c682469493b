package dev.rolecall.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar was built as, and Java's. */
final class BuildVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(BuildVersion.class.getPackage().getImplementationVersion())
            .orElse("(not run from its jar)");
    return new String[] {"rolecall " + version, "Java " + Runtime.version()};
  }
}
