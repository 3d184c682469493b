package dev.rolecall.spring;

import dev.rolecall.identity.Audience;
import dev.rolecall.spring.RolecallServerProperties.AttestedTls;
import dev.rolecall.spring.internal.setting.Setting;
import dev.rolecall.tls.AttestedServerBuilder;

/**
 * The properties of attested TLS as options of a server.
 *
 * @param tls its properties
 * @param sts the STS endpoint of both ends
 */
record AttestedServerSettings(AttestedTls tls, RolecallStsProperties sts) {

  private static final Setting OWNER = Setting.ofServer("attested-tls");

  AttestedServerBuilder options(Audience audience) {
    AttestedServerBuilder options = dev.rolecall.tls.AttestedTls.server(audience);
    new SigningSettings(OWNER, tls.assumeRole(), tls.sts(), sts)
        .set(options::assumeRole, options::endpoint, options::region);
    OWNER
        .sub("accept-call-proofs-from-clients-without-certificate")
        .on(
            tls.acceptCallProofsFromClientsWithoutCertificate(),
            options::acceptCallProofsFromClientsWithoutCertificate);
    OWNER.sub("host-names").to(tls.hostNames(), names -> names.forEach(options::hostName));
    OWNER.sub("max-connection-age").to(tls.maxConnectionAge(), options::maxConnectionAge);
    return options;
  }
}
