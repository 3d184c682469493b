/**
 * Properties of every proof, role, policy and verdict, tried on values that jqwik makes. {@link
 * dev.rolecall.fuzz.properties.Proofs}, {@link dev.rolecall.fuzz.properties.Roles} and {@link
 * dev.rolecall.fuzz.properties.Policies} generate the values.
 */
@NullMarked
package dev.rolecall.fuzz.properties;

import org.jspecify.annotations.NullMarked;
