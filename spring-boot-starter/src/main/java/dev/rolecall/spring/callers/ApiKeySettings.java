package dev.rolecall.spring.callers;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.apikeys.ApiKeys;
import dev.rolecall.apikeys.KeyFileException;
import dev.rolecall.spring.internal.setting.Setting;
import java.nio.file.Path;

/**
 * The properties as the scheme of API keys.
 *
 * @param properties the keys
 */
record ApiKeySettings(RolecallCallerProperties.ApiKeys properties) {

  private static final Setting OWNER = Setting.ofServer("api-keys");

  Scheme scheme() {
    Setting named = OWNER.sub("file");
    String file =
        named.required(properties.file(), "the file of API keys that rolecall key new writes");
    ApiKeys keys = named.checked(() -> ApiKeys.follow(Path.of(file)));
    OWNER
        .sub("accept-keys-on-connections-without-tls")
        .on(
            properties.acceptKeysOnConnectionsWithoutTls(),
            keys::acceptKeysOnConnectionsWithoutTls);
    return new NamedScheme(named, KeyFileException.class, keys);
  }
}
