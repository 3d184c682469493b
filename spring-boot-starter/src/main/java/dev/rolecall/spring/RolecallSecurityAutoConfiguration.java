package dev.rolecall.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Where Spring Security is on the class path, gives its rules the caller: {@link
 * CallerAuthentication}, for {@code @PreAuthorize} and its like on a service's methods.
 */
@AutoConfiguration
@ConditionalOnClass({ServerBuilderCustomizer.class, SecurityContextHolder.class})
public final class RolecallSecurityAutoConfiguration {

  /** For Spring. */
  RolecallSecurityAutoConfiguration() {}

  @Bean
  BehindGuard rolecallCallerSecurity(ObjectProvider<SecurityContextHolderStrategy> strategy) {
    return new CallerSecurity(
        strategy.getIfUnique(SecurityContextHolder::getContextHolderStrategy));
  }
}
