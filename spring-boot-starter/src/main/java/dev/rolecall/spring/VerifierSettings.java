package dev.rolecall.spring;

import dev.rolecall.identity.Audience;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.CallerVerifierBuilder;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The properties as options of a verifier.
 *
 * @param properties the server's
 */
record VerifierSettings(RolecallServerProperties properties) {

  CallerVerifier verifier(
      ObjectProvider<OpenTelemetry> telemetry, ObjectProvider<VerifierCustomizer> customizers) {
    Audience audience =
        Setting.ofServer("audience")
            .required(
                properties.audience(),
                "the name this server is known by to its callers, such as orders; or, for servers"
                    + " open to everyone, rolecall.server.unsafe-serve-without-guard=true");
    CallerVerifierBuilder options = CallerVerifier.builder(audience);
    setSwitches(options);
    setEndpoints(options);
    setTimes(options);
    telemetry.ifAvailable(options::openTelemetry);
    customizers.orderedStream().forEach(customizer -> customizer.customize(options));
    try {
      return options.build();
    } catch (IllegalArgumentException e) {
      throw new Setting("rolecall.server").broken(e);
    }
  }

  private void setSwitches(CallerVerifierBuilder options) {
    Setting.ofServer("require-channel-binding")
        .on(properties.requireChannelBinding(), options::requireChannelBinding);
    Setting.ofServer("accept-eks-tokens")
        .on(properties.acceptEksTokens(), options::acceptEksTokens);
    Setting.ofServer("accept-global-endpoint")
        .on(properties.acceptGlobalEndpoint(), options::acceptGlobalEndpoint);
  }

  private void setEndpoints(CallerVerifierBuilder options) {
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
      CallerVerifierBuilder options,
      String name,
      RolecallServerProperties.CustomEndpoint endpoint) {
    Setting.ofServer(name)
        .to(
            Setting.ofServer(name + ".url").required(endpoint.url(), "https://host[:port]"),
            url -> options.acceptCustomEndpoint(url, endpoint.region(), endpoint.partition()));
  }

  private void setTimes(CallerVerifierBuilder options) {
    Setting.ofServer("max-proof-age").to(properties.maxProofAge(), options::maxProofAge);
    Setting.ofServer("max-clock-skew").to(properties.maxClockSkew(), options::maxClockSkew);
    Setting.ofServer("look-up-timeout").to(properties.lookUpTimeout(), options::lookUpTimeout);
  }
}
