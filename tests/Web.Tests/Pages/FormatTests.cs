using Orkestron.Web.Shared.Text;
using Xunit;

namespace Orkestron.Web.Tests.Pages;

public sealed class FormatTests
{
    [Theory]
    [InlineData("00:30:00", "30 min")]
    [InlineData("00:01:30", "1 min 30 s")]
    [InlineData("01:00:00", "1 h")]
    [InlineData("00:00:10", "10 s")]
    [InlineData("7.00:00:00", "7 d")]
    public void Limit_OfWholeUnits_HasNoRest(string span, string told) => Assert.Equal(told, Format.Limit(TimeSpan.Parse(span, null)));
}
