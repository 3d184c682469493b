package dev.rolecall.spring;

import dev.rolecall.identity.Audience;
import dev.rolecall.verifier.StsVerifier;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The properties as options of a verifier.
 *
 * @param properties the server's
 */
record VerifierSettings(RolecallServerProperties properties) {

  StsVerifier verifier(ObjectProvider<VerifierCustomizer> customizers) {
    Audience audience =
        Setting.ofServer("audience")
            .required(
                properties.audience(),
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
        .on(properties.requireChannelBinding(), options::requireChannelBinding);
    Setting.ofServer("accept-eks-tokens")
        .on(properties.acceptEksTokens(), options::acceptEksTokens);
    Setting.ofServer("accept-global-endpoint")
        .on(properties.acceptGlobalEndpoint(), options::acceptGlobalEndpoint);
  }

  private void setEndpoints(StsVerifier options) {
    Setting.ofServer("accept-partitions")
        .to(properties.acceptPartitions(), options::acceptPartitions);
    if (!properties.acceptRegions().isEmpty()) {
      Setting.ofServer("accept-regions").to(properties.acceptRegions(), options::acceptRegions);
    }
    properties
        .alsoAcceptRegions()
        .forEach(
            region -> Setting.ofServer("also-accept-regions").to(region, options::acceptRegion));
    List<RolecallServerProperties.CustomEndpoint> endpoints = properties.acceptCustomEndpoints();
    for (int i = 0; i < endpoints.size(); i++) {
      acceptEndpoint(options, "accept-custom-endpoints[" + i + "]", endpoints.get(i));
    }
    properties.acceptBalancerCertificates().forEach(options::acceptBalancerCertificate);
    properties
        .trustAccounts()
        .forEach(trusted -> options.trustAccount(trusted.partition(), trusted.account()));
  }

  private static void acceptEndpoint(
      StsVerifier options, String name, RolecallServerProperties.CustomEndpoint endpoint) {
    Setting.ofServer(name)
        .to(
            Setting.ofServer(name + ".url").required(endpoint.url(), "https://host[:port]"),
            url -> options.acceptCustomEndpoint(url, endpoint.region(), endpoint.partition()));
  }

  private void setTimes(StsVerifier options) {
    Setting.ofServer("max-proof-age").to(properties.maxProofAge(), options::maxProofAge);
    Setting.ofServer("max-clock-skew").to(properties.maxClockSkew(), options::maxClockSkew);
    Setting.ofServer("look-up-timeout").to(properties.lookUpTimeout(), options::lookUpTimeout);
  }
}
