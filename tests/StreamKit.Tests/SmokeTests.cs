using FsCheck.Xunit;

namespace StreamKit.Tests;

public class SmokeTests
{
    [Property]
    public bool AdditionCommutes(int a, int b) => a + b == b + a;
}
