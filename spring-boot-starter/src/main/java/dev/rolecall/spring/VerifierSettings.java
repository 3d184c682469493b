package dev.rolecall.spring;

import dev.rolecall.identity.Audience;
import dev.rolecall.spring.RolecallServerProperties.AcceptedProofs;
import dev.rolecall.spring.RolecallServerProperties.CustomEndpoint;
import dev.rolecall.spring.RolecallServerProperties.StsEndpoints;
import dev.rolecall.spring.RolecallServerProperties.TrustedAccount;
import dev.rolecall.verifier.StsVerifier;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The properties as options of a verifier.
 *
 * @param server the server's
 * @param proofs which proofs it accepts
 * @param sts which endpoints it asks
 */
record VerifierSettings(RolecallServerProperties server, AcceptedProofs proofs, StsEndpoints sts) {

  StsVerifier verifier(ObjectProvider<VerifierCustomizer> customizers) {
    Audience audience =
        Setting.ofServer("audience")
            .required(
                server.audience(),
                "the name this server is known by to its callers, such as orders; or, for servers"
                    + " open to everyone, rolecall.server.unsafe-serve-without-guard=true");
    StsVerifier options = StsVerifier.forAudience(audience);
    setSwitches(options);
    setEndpoints(options);
    setTimes(options);
    customizers.orderedStream().forEach(customizer -> customizer.customize(options));
    return options;
  }

  private void setSwitches(StsVerifier options) {
    Setting.ofServer("require-channel-binding")
        .on(proofs.requireChannelBinding(), options::requireChannelBinding);
    Setting.ofServer("accept-eks-tokens").on(proofs.acceptEksTokens(), options::acceptEksTokens);
    Setting.ofServer("accept-global-endpoint")
        .on(sts.acceptGlobalEndpoint(), options::acceptGlobalEndpoint);
  }

  private void setEndpoints(StsVerifier options) {
    Setting.ofServer("accept-partitions").to(sts.acceptPartitions(), options::acceptPartitions);
    Setting.ofServer("accept-regions").to(sts.acceptRegions(), options::acceptRegions);
    sts.alsoAcceptRegions()
        .forEach(
            region -> Setting.ofServer("also-accept-regions").to(region, options::acceptRegion));
    List<CustomEndpoint> endpoints = sts.acceptCustomEndpoints();
    for (int i = 0; i < endpoints.size(); i++) {
      acceptEndpoint(options, "accept-custom-endpoints[" + i + "]", endpoints.get(i));
    }
    proofs.acceptBalancerCertificates().forEach(options::acceptBalancerCertificate);
    Setting.ofServer("trust-accounts")
        .to(proofs.trustAccounts(), accounts -> trust(options, accounts));
  }

  /** An empty list is a restriction that was lost on its way here, and not one to none. */
  private static void trust(StsVerifier options, List<TrustedAccount> accounts) {
    if (accounts.isEmpty()) {
      throw new IllegalArgumentException("accounts: none (expected: at least one)");
    }
    accounts.forEach(trusted -> options.trustAccount(trusted.partition(), trusted.account()));
  }

  private static void acceptEndpoint(StsVerifier options, String name, CustomEndpoint endpoint) {
    Setting.ofServer(name)
        .to(
            Setting.ofServer(name + ".url").required(endpoint.url(), "https://host[:port]"),
            url -> options.acceptCustomEndpoint(url, endpoint.region(), endpoint.partition()));
  }

  private void setTimes(StsVerifier options) {
    Setting.ofServer("max-proof-age").to(proofs.maxProofAge(), options::maxProofAge);
    Setting.ofServer("max-clock-skew").to(proofs.maxClockSkew(), options::maxClockSkew);
    Setting.ofServer("look-up-timeout").to(sts.lookUpTimeout(), options::lookUpTimeout);
  }
}
