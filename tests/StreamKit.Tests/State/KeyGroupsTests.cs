using StreamKit.State;

namespace StreamKit.Tests.State;

public class KeyGroupsTests
{
    [Fact]
    public void EveryLaneOwnsOneUnbrokenRangeAndNoneIsLeftOut()
    {
        for (int lanes = 1; lanes <= KeyGroups.Count; lanes++)
        {
            int[] owners = [.. Enumerable.Range(0, KeyGroups.Count).Select(group => KeyGroups.LaneOf(group, lanes))];

            Assert.Equal(owners.Order(), owners);
            Assert.Equal(Enumerable.Range(0, lanes), owners.Distinct());
            int[] sizes = [.. owners.CountBy(static owner => owner).Select(static owned => owned.Value)];
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        }
    }

    [Theory]
    [InlineData(0UL, 0)]
    [InlineData(0xFFFF_FFFFUL, 0)]
    [InlineData(0x1_0000_0000UL, 1)]
    [InlineData(0xFFFF_FFFF_0000_0000UL, 127)]
    [InlineData(0x0000_0080_0000_0000UL, 0)]
    public void TheGroupComesFromTheUpperHalf(ulong hash, int group) => Assert.Equal(group, KeyGroups.GroupOf(hash));
}
