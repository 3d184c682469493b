package dev.rolecall.spring.callers;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.certificates.CertificateAuthority;
import dev.rolecall.certificates.CertificateVerifier;
import dev.rolecall.spring.callers.RolecallCallerProperties.ClientAuthority;
import dev.rolecall.spring.internal.setting.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The properties as the scheme of client certificates.
 *
 * @param authorities the authorities by their aliases, at least one
 */
record CertificateSettings(Map<String, ClientAuthority> authorities) {

  private static final Setting OWNER = Setting.ofServer("client-authorities");

  CertificateSettings {
    authorities = Map.copyOf(authorities);
  }

  Scheme scheme() {
    List<CertificateAuthority> all =
        authorities.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> authority(OWNER.sub(each.getKey()), each.getKey(), each.getValue()))
            .toList();
    return new NamedScheme(
        OWNER, IllegalArgumentException.class, OWNER.checked(() -> CertificateVerifier.of(all)));
  }

  private static CertificateAuthority authority(
      Setting setting, String alias, ClientAuthority properties) {
    String certificates =
        setting
            .sub("certificates")
            .required(properties.certificates(), "the PEM file of the authority's certificates");
    CertificateAuthority authority =
        setting.checked(() -> CertificateAuthority.of(alias, Path.of(certificates)));
    String domain = properties.trustDomain();
    return domain == null
        ? authority
        : setting.sub("trust-domain").checked(() -> authority.forTrustDomain(domain));
  }
}
