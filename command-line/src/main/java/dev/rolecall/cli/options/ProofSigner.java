package dev.rolecall.cli.options;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.client.ProofSource;
import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.identity.Audience;
import dev.rolecall.tls.AttestedChannel;
import dev.rolecall.tls.AttestedTls;
import java.util.List;
import java.util.Optional;

/**
 * The caller that a command signs as: the AWS credentials at hand, or a role that they assume
 * first.
 *
 * @param sts the STS to sign for
 * @param role the role to assume first; empty for none
 */
public record ProofSigner(StsChoice sts, Optional<String> role) {

  /**
   * A source of proofs for that audience.
   *
   * @throws IllegalArgumentException if the role is not the ARN of one
   */
  public ProofSource.Builder proofs(Audience audience) {
    ProofSource.Builder proofs = sts.signedBy(ProofSource.builder(audience));
    role.ifPresent(proofs::assumeRole);
    return proofs;
  }

  /**
   * Credentials that put a proof on each call.
   *
   * @throws IllegalArgumentException if the role is not the ARN of one
   */
  public IamCallCredentials.Builder callProofs(Audience audience) {
    IamCallCredentials.Builder proofs = sts.signedBy(IamCallCredentials.builder(audience.name()));
    role.ifPresent(proofs::assumeRole);
    return proofs;
  }

  /**
   * Credentials that put a web identity token on each call.
   *
   * @throws IllegalArgumentException if the role is not the ARN of one, or the audience is too long
   */
  public WebIdentityCallCredentials.Builder webIdentity(String audience) {
    WebIdentityCallCredentials.Builder tokens =
        sts.signedBy(WebIdentityCallCredentials.builder(audience));
    role.ifPresent(tokens::assumeRole);
    return tokens;
  }

  /**
   * A channel of attested TLS to a server of one of those roles.
   *
   * @throws IllegalArgumentException if a role is not the ARN of one
   */
  public AttestedChannel.Builder attestedChannel(Audience audience, List<String> serverRoles) {
    AttestedChannel.Builder channel =
        sts.signedBy(AttestedTls.channel(audience))
            .expectServerRoles(serverRoles.toArray(String[]::new));
    role.ifPresent(channel::assumeRole);
    return channel;
  }
}
