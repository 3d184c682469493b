package dev.rolecall.access.scheme;

import dev.rolecall.access.runtime.AccessRuntime;

/** The settings of one way to prove who calls, from which a verifier is made. */
public interface Scheme {

  /**
   * A verifier of these settings. The caller closes it.
   *
   * @param runtime the clock, threads and telemetry to work with; outlives the verifier
   * @throws IllegalArgumentException if the settings break a rule
   */
  CallerVerifier verifier(AccessRuntime runtime);

  /**
   * Whether it reads the certificates of clients, as {@link ClientCertificate}. By default it does
   * not.
   */
  default boolean readsClientCertificates() {
    return false;
  }
}
