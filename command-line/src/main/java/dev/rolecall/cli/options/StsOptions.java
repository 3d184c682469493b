package dev.rolecall.cli.options;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.client.SigningOptions;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.tls.AttestationOptions;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.CallerVerifierBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.regions.Region;

/** Which STS to use; one mix-in, so that every command spells it alike. */
public final class StsOptions {

  @Option(
      names = "--sts",
      paramLabel = "URL",
      description =
          "A custom STS endpoint, such as the emulator's; plain http only on loopback."
              + " Default: AWS's own.")
  public @Nullable URI url;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "The Region to sign for. Default: us-east-1 with --sts, else as the AWS SDK finds it.")
  public @Nullable String region;

  /** The custom endpoint, where one was given. */
  public Optional<CustomEndpoint> custom() {
    return Optional.ofNullable(url)
        .map(given -> new CustomEndpoint(given, region == null ? "us-east-1" : region));
  }

  /**
   * Takes an endpoint that the settings name as if {@code --sts} did: it is the caller's wish, and
   * the server's to accept. One of AWS's own stays what it is to a verifier.
   */
  public void adopt(URI endpoint, String ofRegion, Audience audience) {
    try {
      CallerVerifier.builder(audience)
          .acceptCustomEndpoint(endpoint, ofRegion, Partition.AWS)
          .build()
          .close();
      url = endpoint;
      region = ofRegion;
    } catch (IllegalArgumentException e) {
      // Known to verifiers as another Region's or partition's: what they say of it is the finding.
    }
  }

  /** Has the verifier accept proofs for the custom endpoint besides AWS's own. */
  public CallerVerifierBuilder acceptedBy(CallerVerifierBuilder verifier) {
    try {
      custom()
          .ifPresent(
              custom ->
                  verifier.acceptCustomEndpoint(custom.url(), custom.region(), Partition.AWS));
      return verifier;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--sts: " + e.getMessage(), e);
    }
  }

  /** Has proofs signed for the custom endpoint or the Region, where one was given. */
  public <B extends SigningOptions<B>> B signedBy(B proofs) {
    return aimed(proofs, proofs::endpoint, proofs::region);
  }

  /** Has an end of attested TLS sign for the same. */
  public <B extends AttestationOptions<B>> B signedBy(B end) {
    return aimed(end, end::endpoint, end::region);
  }

  private <B> B aimed(
      B options, BiFunction<URI, Region, B> endpoint, Function<Region, B> regional) {
    try {
      return custom()
          .map(custom -> endpoint.apply(custom.url(), Region.of(custom.region())))
          .or(() -> Optional.ofNullable(region).map(given -> regional.apply(Region.of(given))))
          .orElse(options);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * An endpoint that is not AWS's.
   *
   * @param url where it is
   * @param region the Region that requests to it are signed for
   */
  public record CustomEndpoint(URI url, String region) {

    public CustomEndpoint {
      if (url.getHost() == null) {
        throw new CommandFailure("--sts: " + url + " (expected: http://HOST:PORT or https://HOST)");
      }
    }
  }
}
