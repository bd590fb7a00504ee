using Orkestron.Domain.Users;

namespace Orkestron.Grains.Tests.Users;

public sealed class WeakPasswordTests
{
    [Theory]
    [InlineData("111111111111")]
    [InlineData("abcabcabcabc")]
    [InlineData("123456789012")]
    [InlineData("qwertyuiop123")]
    [InlineData("poiuytrewq99")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("password1234")]
    [InlineData("Passw0rd2026!")]
    [InlineData("p4ssw0rd-p4ssw0rd")]
    [InlineData("letmeinletmein")]
    [InlineData("Welcome to Orkestron")]
    [InlineData("Orkestron2026!")]
    [InlineData("ada.lovelace1815")]
    [InlineData("AdaLovelace!!")]
    [InlineData("example.org-ada")]
    [InlineData("            a b c")]
    public void IsWeak_WhatGuessersTryFirst(string password) =>
        Assert.True(WeakPasswords.IsWeak(password, "ada.lovelace@example.org", "Ada Lovelace"));

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("a quiet harbour at night")]
    [InlineData("another password")]
    [InlineData("mVx8#qLpT2zw")]
    [InlineData("ein grüner Regenschirm")]
    [InlineData("静かな港の夜に船が来る九")]
    [InlineData("839201746530")]
    public void IsWeak_NotWhatTakesAGuessOfItsOwn(string password) =>
        Assert.False(WeakPasswords.IsWeak(password, "ada.lovelace@example.org", "Ada Lovelace"));
}
