package dev.rolecall.spring;

import dev.rolecall.spring.callers.RolecallCallerProperties;
import dev.rolecall.spring.grants.RolecallGrantProperties;
import dev.rolecall.spring.tokens.RolecallTokenProperties;
import java.util.List;

/** The records that the starter's properties are bound to. */
final class StarterProperties {

  static final List<Class<?>> RECORDS =
      List.of(
          RolecallServerProperties.class,
          RolecallServerProperties.AcceptedProofs.class,
          RolecallServerProperties.StsEndpoints.class,
          RolecallServerProperties.AttestedTls.class,
          RolecallServerProperties.Migration.class,
          RolecallCallerProperties.class,
          RolecallGrantProperties.class,
          RolecallClientProperties.class,
          RolecallTokenProperties.class,
          RolecallStsProperties.class);

  private StarterProperties() {}
}
