package dev.rolecall.cli.options;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which STS to use. One mix-in, so that every command spells them alike. */
public final class StsOptions {

  @Option(
      names = "--sts",
      paramLabel = "URL",
      description =
          "A custom STS endpoint, such as the emulator's; plain http only on loopback."
              + " Default: AWS's own.")
  @Nullable URI url;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "The AWS Region to sign for, or the one that --sts stands for. Default: us-east-1 with"
              + " --sts, else as the AWS SDK finds it.")
  @Nullable String region;

  /** The chosen STS. */
  public StsChoice choice() {
    return new StsChoice(Optional.ofNullable(url), Optional.ofNullable(region));
  }
}
