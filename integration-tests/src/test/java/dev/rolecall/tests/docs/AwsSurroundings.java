package dev.rolecall.tests.docs;

import dev.rolecall.stsemulator.EmulatedCredentials;
import java.net.ProxySelector;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The surroundings of a process on AWS: credentials, a Region, and the way to STS. Set for one
 * test, and put back by {@link #close}; tests of this module run one after the other.
 */
final class AwsSurroundings implements AutoCloseable {

  private final Map<String, Optional<String>> properties = new HashMap<>();
  private final ProxySelector proxies = ProxySelector.getDefault();
  private final SSLContext tls;

  AwsSurroundings(ProxySelector toSts, SSLContext trustingSts) throws NoSuchAlgorithmException {
    this.tls = SSLContext.getDefault();
    set("aws.region", "eu-west-1");
    ProxySelector.setDefault(toSts);
    SSLContext.setDefault(trustingSts);
  }

  /** From now on the process runs as that role. */
  void become(EmulatedCredentials role) {
    set("aws.accessKeyId", role.accessKeyId());
    set("aws.secretAccessKey", role.secretAccessKey());
    set("aws.sessionToken", role.sessionToken().orElseThrow());
  }

  private void set(String name, String value) {
    String before = System.setProperty(name, value);
    properties.putIfAbsent(name, Optional.ofNullable(before));
  }

  @Override
  public void close() {
    SSLContext.setDefault(tls);
    ProxySelector.setDefault(proxies);
    properties.forEach(
        (name, value) ->
            value.ifPresentOrElse(
                before -> System.setProperty(name, before), () -> System.clearProperty(name)));
  }
}
