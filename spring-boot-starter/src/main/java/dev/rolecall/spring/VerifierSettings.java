package dev.rolecall.spring;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.spring.RolecallServerProperties.AcceptedProofs;
import dev.rolecall.spring.RolecallServerProperties.CustomEndpoint;
import dev.rolecall.spring.RolecallServerProperties.StsEndpoints;
import dev.rolecall.spring.RolecallServerProperties.TrustedAccount;
import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.verifier.StsVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The properties as options of a verifier.
 *
 * @param proofs which proofs it accepts
 * @param endpoints which endpoints it asks
 * @param sts the endpoint of both ends
 */
record VerifierSettings(AcceptedProofs proofs, StsEndpoints endpoints, RolecallStsProperties sts) {

  StsVerifier verifier(Audience audience) {
    StsVerifier options = StsVerifier.forAudience(audience);
    setSwitches(options);
    setEndpoints(options);
    setTimes(options);
    return options;
  }

  private void setSwitches(StsVerifier options) {
    Setting.ofServer("require-channel-binding")
        .on(proofs.requireChannelBinding(), options::requireChannelBinding);
    Setting.ofServer("accept-eks-tokens").on(proofs.acceptEksTokens(), options::acceptEksTokens);
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

  /** In an order in which each is checked against those before it. */
  private void setEndpoints(StsVerifier options) {
    List<CustomSts> custom = customEndpoints();
    Setting.ofServer("accept-global-endpoint")
        .on(endpoints.acceptGlobalEndpoint(), options::acceptGlobalEndpoint);
    Set<Partition> partitions = partitions();
    if (partitions != null && partitions.isEmpty() && !custom.isEmpty()) {
      options.acceptPartitions(partitions);
    } else {
      set(options, "accept-partitions", partitions, options::acceptPartitions);
    }
    custom.forEach(each -> each.setting().to(each, one -> accept(options, one)));
    set(options, "accept-regions", endpoints.acceptRegions(), options::acceptRegions);
    endpoints
        .alsoAcceptRegions()
        .forEach(region -> set(options, "also-accept-regions", region, options::acceptRegion));
  }

  private List<CustomSts> customEndpoints() {
    List<CustomSts> all = new ArrayList<>(sts.custom().stream().toList());
    List<CustomEndpoint> own = endpoints.acceptCustomEndpoints();
    IntStream.range(0, own.size())
        .mapToObj(i -> own.get(i).at(Setting.ofServer("accept-custom-endpoints[" + i + "]")))
        .forEach(all::add);
    return all;
  }

  /** With an endpoint of both ends, AWS's own are accepted only if a property names them. */
  private @Nullable Set<Partition> partitions() {
    boolean ofAws = endpoints.acceptRegions() != null || !endpoints.alsoAcceptRegions().isEmpty();
    return endpoints.acceptPartitions() == null && !ofAws && sts.custom().isPresent()
        ? Set.of()
        : endpoints.acceptPartitions();
  }

  private static void accept(StsVerifier options, CustomSts custom) {
    options.acceptCustomEndpoint(custom.endpoint(), custom.region(), custom.partition());
    requireConsistent(options);
  }

  private static <T> void set(
      StsVerifier options, String name, @Nullable T value, Consumer<T> option) {
    Setting.ofServer(name)
        .to(
            value,
            chosen -> {
              option.accept(chosen);
              requireConsistent(options);
            });
  }

  /**
   * The rules between endpoints are checked where a verifier is made, without a property's name.
   */
  private static void requireConsistent(StsVerifier options) {
    try (AccessRuntime runtime = AccessRuntime.ofDefaults()) {
      options.verifier(runtime).close();
    }
  }

  private void setTimes(StsVerifier options) {
    Setting.ofServer("max-proof-age").to(proofs.maxProofAge(), options::maxProofAge);
    Setting.ofServer("max-clock-skew").to(proofs.maxClockSkew(), options::maxClockSkew);
    Setting.ofServer("look-up-timeout").to(endpoints.lookUpTimeout(), options::lookUpTimeout);
  }
}
