/**
 * What holds for every proof, role, policy and verdict, tried on values that jqwik makes. What the
 * values are made of is in {@link dev.rolecall.fuzz.properties.Proofs}, {@link
 * dev.rolecall.fuzz.properties.Roles} and {@link dev.rolecall.fuzz.properties.Policies}.
 */
@NullMarked
package dev.rolecall.fuzz.properties;

import org.jspecify.annotations.NullMarked;
