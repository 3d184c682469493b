package dev.rolecall.spring;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.identity.Audience;
import dev.rolecall.spring.RolecallClientProperties.AttestedTls;
import dev.rolecall.spring.RolecallClientProperties.ChannelProof;
import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.tls.AttestedChannel;
import dev.rolecall.verifier.StsVerifier;
import java.util.List;
import java.util.Set;

/**
 * The properties of one channel as options of its credentials.
 *
 * @param channel its name
 * @param proof its properties
 * @param sts the STS endpoint of both ends
 */
record ChannelSettings(String channel, ChannelProof proof, RolecallStsProperties sts) {

  /** Whether its calls carry a proof each: by default, and if it presents no certificate. */
  boolean signsCalls() {
    return proof.attestedTls() == null || proof.attestedTls().withoutLocalCertificate();
  }

  /** The options of credentials that sign its calls. */
  IamCallCredentials.Builder callOptions() {
    IamCallCredentials.Builder options = IamCallCredentials.builder(audience());
    signing().set(options::assumeRole, options::endpoint, options::region);
    setting("bearer-proofs").on(proof.bearerProofs(), options::bearerProofs);
    setting("allow-plaintext").on(proof.allowPlaintext(), options::allowPlaintext);
    return options;
  }

  /** The options of attested TLS. */
  AttestedChannel.Builder tlsOptions(AttestedTls tls) {
    requireCallOptionsUnset();
    AttestedChannel.Builder options = dev.rolecall.tls.AttestedTls.channel(audience());
    if (tls.withoutLocalCertificate()) {
      options.withoutLocalCertificate();
    } else {
      signing().set(options::assumeRole, options::endpoint, options::region);
    }
    setting("attested-tls.expect-server-roles")
        .to(tls.expectServerRoles(), roles -> expect(options, roles));
    setting("attested-tls.require-host-name").on(tls.requireHostName(), options::requireHostName);
    return options.verifier(serverVerifier());
  }

  private static void expect(AttestedChannel.Builder options, List<String> roles) {
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("roles: none (expected: at least one)");
    }
    options.expectServerRoles(roles.toArray(String[]::new));
  }

  /** The server attests itself by the STS that this end uses. */
  private StsVerifier serverVerifier() {
    StsVerifier verifier = StsVerifier.forAudience(audience());
    signing()
        .custom()
        .ifPresent(
            custom ->
                verifier
                    .acceptPartitions(Set.of())
                    .acceptCustomEndpoint(custom.endpoint(), custom.region(), custom.partition()));
    return verifier;
  }

  /** A call's proof that is not sent needs no options. */
  private void requireCallOptionsUnset() {
    if (signsCalls()) {
      return;
    }
    requireUnset("bearer-proofs", proof.bearerProofs());
    requireUnset("allow-plaintext", proof.allowPlaintext());
  }

  private void requireUnset(String name, boolean set) {
    if (set) {
      throw setting(name)
          .invalid(
              "set beside attested-tls, which sends no call proofs",
              "neither, or attested-tls.without-local-certificate=true");
    }
  }

  private Audience audience() {
    return setting("audience")
        .required(proof.audience(), "the name the channel's server is known by, such as orders");
  }

  private SigningSettings signing() {
    return new SigningSettings(setting(), proof.assumeRole(), proof.sts(), sts);
  }

  /** The beginning of the names of the channel's properties. */
  Setting setting() {
    return new Setting("rolecall.client.channels." + channel);
  }

  private Setting setting(String name) {
    return setting().sub(name);
  }
}
