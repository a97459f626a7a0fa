package dev.evenkeel.codec;

/// First byte of each value; see the package's specification. Never renumbered.
final class Tags {
  static final byte S = 0x01;
  static final byte N = 0x02;
  static final byte B = 0x03;
  static final byte FALSE = 0x04;
  static final byte TRUE = 0x05;
  static final byte NULL = 0x06;
  static final byte SS = 0x07;
  static final byte NS = 0x08;
  static final byte BS = 0x09;
  static final byte L = 0x0a;
  static final byte M = 0x0b;

  private Tags() {}
}
