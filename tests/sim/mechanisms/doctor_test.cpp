#include "sim/mechanisms/doctor.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace parley {
namespace {

// With shape 1 risk is exponential: F(x) = 1 − e^(−x), and the Lorenz curve is L(q) = q + (1 − q)ln(1 − q).
TEST(Doctor, TheCurveOfAnExponentialRisk) {
  Doctor::Params p;
  p.physician_concentration = 1;
  const RiskCurve curve = Doctor::curve(p);
  EXPECT_EQ(curve.front(), 0);
  EXPECT_EQ(curve.back(), 1);
  EXPECT_NEAR(curve[128], 0.5 + 0.5 * -0.69314718055994531, 1e-6);    // q = ½: 0.1534
  EXPECT_NEAR(curve[192], 0.75 + 0.25 * -1.38629436111989062, 1e-6);  // q = ¾: 0.4034
  for (std::size_t s = 1; s < curve.size(); ++s) EXPECT_GE(curve[s], curve[s - 1]);
}

// Hickson 2002 (JAMA): 9 % of physicians carry 50 % of complaints. With the gamma shape of row 24, 0.35, the worst 9 %
// of doctors have 1 − L(0.91) = 48.0 % of the events, worked out apart from this code by the series of the incomplete
// gamma function; half needs a shape of 0.318. Tolerance against Hickson: three points, as complaints are not events.
TEST(Doctor, AFewHaveMostOfTheEvents) {
  const Doctor::Params p;
  const RiskCurve curve = Doctor::curve(p);
  constexpr std::uint32_t doctors = 100;
  double worst = 0, all = 0;
  for (std::uint32_t rank = 0; rank < doctors; ++rank) {
    const double risk = Doctor::risk(rank, doctors, curve);
    all += risk / doctors;
    if (rank >= 91) worst += risk / doctors;
  }
  EXPECT_NEAR(all, 1, 1e-9);  // mean 1
  EXPECT_NEAR(worst, 0.4800, 0.0005);
  EXPECT_NEAR(worst, 0.50, 0.03);
  Doctor::Params even = p;
  even.physician_concentration = 1;
  const RiskCurve flat = Doctor::curve(even);
  EXPECT_LT(1 - flat[233], 1 - curve[233]);  // more even risk, less for the worst tenth
  Doctor::Params half = p;
  half.physician_concentration = 0.318;
  const RiskCurve steep = Doctor::curve(half);
  double share = 0;
  for (std::uint32_t rank = 91; rank < doctors; ++rank) share += Doctor::risk(rank, doctors, steep) / doctors;
  EXPECT_NEAR(share, 0.50, 0.001);
}

TEST(Doctor, AnEventMeetsADoctorInProportionToRisk) {
  const Doctor::Params p;
  const RiskCurve curve = Doctor::curve(p);
  constexpr std::uint32_t doctors = 10;
  std::array<int, doctors> met{};
  constexpr int events = 20000;
  for (int i = 0; i < events; ++i) ++met[Doctor::who((i + 0.5) / events, doctors, curve)];
  for (std::uint32_t rank = 0; rank < doctors; ++rank)
    EXPECT_NEAR(met[rank] / static_cast<double>(events), Doctor::risk(rank, doctors, curve) / doctors, 0.003) << rank;
  EXPECT_EQ(Doctor::who(0.999999, 1, curve), 0u);
  EXPECT_LT(Doctor::who(0.9999999999, doctors, curve), doctors);
}

TEST(Doctor, NumberFollowsBeds) {
  Doctor::Params p;
  p.doctors_per_bed = 0.35;
  EXPECT_EQ(Doctor::number(100, p), 35u);
  EXPECT_EQ(Doctor::number(1, p), 1u);  // nobody works in a house without a doctor
}

TEST(Doctor, MoraleIsLostAndComesBack) {
  Doctor::Params p;
  p.morale_halflife = 180;
  EXPECT_NEAR(Doctor::morale(0.4, 180, p), 0.8, 1e-12);
  EXPECT_EQ(Doctor::morale(0, 50, p), 1);
  EXPECT_NEAR(Doctor::lost(0.2, 0.5), 0.6, 1e-12);  // 1 − 0.8 · 0.5
  EXPECT_EQ(Doctor::left(0.4, 0, p), 0.4);
  EXPECT_EQ(Doctor::left(0, 0, p), 0);
  p.morale_loss_dispute = 0.25;
  EXPECT_EQ(Doctor::after_dispute(p), 0.25);
  EXPECT_NEAR(Doctor::lost(Doctor::after_dispute(p), Doctor::after_dispute(p)), 0.4375, 1e-12);  // 1 − 0.75²
}

TEST(Doctor, AHurtDoctorTalksLess) {
  Doctor::Params p;
  p.communication_sd = 0.1, p.morale_communication = 0.3;
  EXPECT_NEAR(Doctor::communication(0.6, 1, 1, p), 0.7, 1e-12);
  EXPECT_NEAR(Doctor::communication(0.6, 1, 0.5, p), 0.55, 1e-12);  // 0.15 less
  EXPECT_EQ(Doctor::communication(0.9, 5, 1, p), 1);
  EXPECT_EQ(Doctor::communication(0.1, -5, 0, p), 0);
}

}  // namespace
}  // namespace parley
