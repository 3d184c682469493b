package dev.rolecall.spring;

import dev.rolecall.spring.internal.server.BehindGuard;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Gives the rules of Spring Security the caller, where it is on the class path: {@link
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
