package dev.rolecall.sample.orders;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

/** A server of orders, guarded by what {@code orders.yaml} says. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableMethodSecurity
public class OrdersApplication {

  /** Serves until it is stopped. */
  public static void main(String[] args) {
    builder().run(args);
  }

  /** The application, to be run. */
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(OrdersApplication.class)
        .properties("spring.config.name=orders");
  }
}
