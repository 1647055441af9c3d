/** Networks, their weights as safetensors, and scoring: what training and evaluation share. */
@NullMarked
package dev.penstock.models;

import org.jspecify.annotations.NullMarked;
