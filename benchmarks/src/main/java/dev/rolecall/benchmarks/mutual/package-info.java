/** The cost of attested TLS, against mutual TLS with ordinary certificates. */
@NullMarked
package dev.rolecall.benchmarks.mutual;

import org.jspecify.annotations.NullMarked;
