package dev.rolecall.cli.options;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.client.AwsOptions;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.tls.AttestationOptions;
import dev.rolecall.tls.certificate.AttestedCertificate;
import dev.rolecall.verifier.ProofCertificate;
import dev.rolecall.verifier.StsVerifier;
import java.net.URI;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.regions.Region;

/**
 * An STS to sign for and to ask: one of AWS's own, or a custom endpoint.
 *
 * @param url the custom endpoint; empty for AWS's own
 * @param region the Region to sign for; empty where the AWS SDK is to find it
 */
public record StsChoice(Optional<URI> url, Optional<String> region) {

  /**
   * The custom endpoint, where one was given.
   *
   * @throws CommandFailure if its URL names no host
   */
  public Optional<CustomEndpoint> custom() {
    return url.map(given -> new CustomEndpoint(given, region.orElse("us-east-1")));
  }

  /**
   * The choice of an endpoint that the settings name, as if {@code --sts} named it: it is the
   * caller's wish, and the server's to accept. One of AWS's own stays what it is to a verifier.
   */
  public StsChoice adopting(URI endpoint, String ofRegion, Audience audience) {
    try {
      CallerLookup.by(
              StsVerifier.forAudience(audience)
                  .acceptCustomEndpoint(endpoint, ofRegion, Partition.AWS))
          .close();
      return new StsChoice(Optional.of(endpoint), Optional.of(ofRegion));
    } catch (IllegalArgumentException e) {
      // Known to verifiers as another Region's or partition's: what they say of it is the finding.
      return this;
    }
  }

  /**
   * A verifier that accepts proofs for the custom endpoint besides AWS's own.
   *
   * @throws CommandFailure if the URL is not that of an endpoint, or is AWS's own of another Region
   */
  public StsVerifier verifier(Audience audience) {
    return tried(acceptedBy(StsVerifier.forAudience(audience)));
  }

  /**
   * The same verifier, after one trial of its settings: only the whole of them shows whether they
   * contradict one another.
   */
  static StsVerifier tried(StsVerifier verifier) {
    lookup(verifier).close();
    return verifier;
  }

  /**
   * A look-up by that verifier.
   *
   * @param more further schemes
   * @throws CommandFailure if its settings contradict one another
   */
  public static CallerLookup lookup(StsVerifier verifier, Scheme... more) {
    try {
      return CallerLookup.by(verifier, more);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** Has the verifier accept proofs for the custom endpoint besides AWS's own. */
  public StsVerifier acceptedBy(StsVerifier verifier) {
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

  /** Asks STS whose role a server's certificate proves. Blocks until that is known or given up. */
  public Verification confirmation(AttestedCertificate certificate, Audience audience) {
    try (CallerLookup servers = lookup(acceptedBy(StsVerifier.forAudience(audience)))) {
      return servers
          .find(
              new ProofCertificate(certificate.proof(), certificate.key()),
              Connection.withoutTls("local"))
          .join();
    }
  }

  /** Has requests signed for the custom endpoint or the Region, where one was given. */
  public <B extends AwsOptions<B>> B signedBy(B options) {
    return aimed(options, options::endpoint, options::region);
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
          .or(() -> region.map(given -> regional.apply(Region.of(given))))
          .orElse(options);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * An endpoint that is not AWS's.
   *
   * @param url its address
   * @param region the Region that requests to it are signed for
   */
  public record CustomEndpoint(URI url, String region) {

    /** Checks that the URL names a host. */
    public CustomEndpoint {
      if (url.getHost() == null) {
        throw new CommandFailure("--sts: " + url + " (expected: http://HOST:PORT or https://HOST)");
      }
    }
  }
}
