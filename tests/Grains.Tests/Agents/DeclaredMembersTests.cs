using Orkestron.Domain;
using Orkestron.Domain.Schemas;

namespace Orkestron.Grains.Tests.Agents;

/// <summary>An agent sees only the fields that its input schema declares.</summary>
public sealed class DeclaredMembersTests
{
    [Theory]
    // Named members only, unless the schema says that there may be more.
    [InlineData("""{"type":"object","properties":{"text":{}}}""", """{"text":1,"ssn":2}""", """{"text":1}""", "/ssn")]
    [InlineData("""{"properties":{"text":{}},"additionalProperties":true}""", """{"text":1,"ssn":2}""", null)]
    [InlineData("""{"properties":{"text":{}},"additionalProperties":{"type":"integer"}}""", """{"text":1,"ssn":2}""", null)]
    [InlineData("""{"properties":{"text":{}},"patternProperties":{"^x-":{}}}""", """{"text":1,"x-a":2,"ssn":3}""", """{"text":1,"x-a":2}""", "/ssn")]
    [InlineData("""{"properties":{"text":{}},"unevaluatedProperties":{}}""", """{"text":1,"ssn":2}""", null)]
    [InlineData("""{"properties":{}}""", """{"ssn":2}""", "{}", "/ssn")]
    // No member is named: free in form.
    [InlineData("{}", """{"ssn":{"a":[1]}}""", null)]
    [InlineData("""{"type":"object"}""", """{"ssn":2}""", null)]
    [InlineData("""{"properties":{"data":{"type":"object"}}}""", """{"data":{"ssn":2}}""", null)]
    // At any depth, and through references, combinations and conditions.
    [InlineData("""{"properties":{"a":{"properties":{"b":{}}}}}""", """{"a":{"b":1,"ssn":2.50}}""", """{"a":{"b":1}}""", "/a/ssn")]
    [InlineData("""{"properties":{"l":{"items":{"properties":{"b":{}}}}}}""", """{"l":[{"b":1},{"b":1,"ssn":2}]}""", """{"l":[{"b":1},{"b":1}]}""", "/l/1/ssn")]
    [InlineData("""{"additionalProperties":{"properties":{"b":{}}}}""", """{"k":{"b":1,"ssn":2}}""", """{"k":{"b":1}}""", "/k/ssn")]
    [InlineData("""{"$ref":"#/$defs/t","$defs":{"t":{"properties":{"text":{}}}}}""", """{"text":1,"ssn":2}""", """{"text":1}""", "/ssn")]
    [InlineData("""{"allOf":[{"properties":{"a":{}}},{"properties":{"b":{}}}]}""", """{"a":1,"b":2,"ssn":3}""", """{"a":1,"b":2}""", "/ssn")]
    [InlineData("""{"anyOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":{}}}]}""", """{"a":1,"b":2}""", """{"b":2}""", "/a")]
    [InlineData("""{"oneOf":[{"properties":{"k":{"const":"a"},"x":{}}},{"properties":{"k":{"const":"b"},"y":{}}}]}""", """{"k":"b","x":1,"y":2}""", """{"k":"b","y":2}""", "/x")]
    [InlineData("""{"if":{"properties":{"k":{"const":1}}},"then":{"properties":{"x":{}}},"else":{"properties":{"y":{}}}}""", """{"k":1,"x":2,"y":3}""", """{"k":1,"x":2}""", "/y")]
    [InlineData("""{"properties":{"a":{}},"required":["b"]}""", """{"a":1,"b":2,"ssn":3}""", """{"a":1,"b":2}""", "/ssn")]
    [InlineData("""{"prefixItems":[{}]}""", """[1,{"ssn":2}]""", "[1]", "/1")]
    public void Declared_Input_IsWhatTheSchemaSpeaksOf(string schema, string input, string? seen, params string[] dropped)
    {
        var found = SchemaCheck.Declared(Payload.Of(schema), Payload.Of(input));

        Assert.Empty(found.Errors);
        Assert.Equal(dropped, found.Dropped);
        Assert.Equal(seen ?? input, found.Value.ToString());
    }

    [Fact]
    public void Declared_NumbersOfWhatRemains_KeepTheirDigits() => Assert.Equal(
        """{"n":12345678901234567890.1230}""",
        SchemaCheck.Declared(
            Payload.Of("""{"properties":{"n":{}}}"""), Payload.Of("""{"n":12345678901234567890.1230,"ssn":1}""")).Value.ToString());

    [Fact]
    public void Declared_InputThatFitsOnlyWithWhatMayNotBeSeen_IsRefusedByName()
    {
        var found = SchemaCheck.Declared(Payload.Of("""{"properties":{"a":{}},"minProperties":2}"""), Payload.Of("""{"a":1,"ssn":2}"""));

        Assert.Equal("/ssn", Assert.Single(found.Errors).Path);
        Assert.Contains("/ssn", found.Sentence, StringComparison.Ordinal);
    }
}
