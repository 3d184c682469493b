package dev.rolecall.tokens.internal.keys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.identity.internal.Range;
import dev.rolecall.tokens.internal.http.IssuerUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The source of the keys of an issuer: configuration alone, and never a token.
 *
 * @param discovery the URL of the discovery document; by default the issuer's own
 * @param keySet the URL of the key set, where discovery is not to be used
 * @param trust a file of certificate authorities, in place of the JVM's
 * @param plainOnLoopback whether http is allowed to this machine
 * @param keep how long the last good keys are used when none can be fetched: 1 minute to 7 days
 */
public record KeySource(
    Optional<URI> discovery,
    Optional<URI> keySet,
    Optional<Path> trust,
    boolean plainOnLoopback,
    Duration keep) {

  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(7);
  private static final String WELL_KNOWN = "/.well-known/openid-configuration";
  private static final KeySource DEFAULTS =
      new KeySource(
          Optional.empty(), Optional.empty(), Optional.empty(), false, Duration.ofHours(24));

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if {@code keep} lies outside it
   */
  public KeySource {
    requireNonNull(discovery, "discovery");
    requireNonNull(keySet, "keySet");
    requireNonNull(trust, "trust");
    Range.check("keepKeysThroughOutage", keep, LEAST, MOST);
  }

  /** The issuer's own discovery document, over TLS, and keys kept for 24 hours. */
  public static KeySource ofDefaults() {
    return DEFAULTS;
  }

  /** The same with that discovery document. */
  public KeySource withDiscovery(URI url) {
    return new KeySource(Optional.of(url), keySet, trust, plainOnLoopback, keep);
  }

  /** The same with that key set, without discovery. */
  public KeySource withKeySet(URI url) {
    return new KeySource(discovery, Optional.of(url), trust, plainOnLoopback, keep);
  }

  /** The same with those certificate authorities. */
  public KeySource withTrust(Path file) {
    return new KeySource(discovery, keySet, Optional.of(file), plainOnLoopback, keep);
  }

  /** The same with http to this machine. */
  public KeySource withPlainOnLoopback() {
    return new KeySource(discovery, keySet, trust, true, keep);
  }

  /** The same with another time for which keys are kept. */
  public KeySource withKeep(Duration time) {
    return new KeySource(discovery, keySet, trust, plainOnLoopback, time);
  }

  /**
   * The URL of the discovery document: of an issuer that ends in a slash too, with one slash.
   *
   * @throws IllegalArgumentException if there is none within the rule of {@link IssuerUrl}
   */
  URI discoveryOf(String issuer) {
    return discovery.orElseGet(() -> URI.create(withoutSlash(issuer) + WELL_KNOWN));
  }

  private static String withoutSlash(String issuer) {
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
  }

  /**
   * Checks the URLs.
   *
   * @throws IllegalArgumentException if one breaks the rule of {@link IssuerUrl}
   */
  public void check(String issuer) {
    if (keySet.isPresent()) {
      IssuerUrl.check("keySetUrl", keySet.get(), plainOnLoopback);
    } else if (discovery.isPresent()) {
      IssuerUrl.check("discoveryUrl", discovery.get(), plainOnLoopback);
    } else {
      if (IssuerUrl.read(issuer, plainOnLoopback).isEmpty()) {
        throw InvalidValue.of("issuer", issuer, IssuerUrl.RULE);
      }
    }
  }
}
