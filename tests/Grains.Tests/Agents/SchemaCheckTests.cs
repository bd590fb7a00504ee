using Orkestron.Domain;
using Orkestron.Domain.Schemas;

namespace Orkestron.Grains.Tests.Agents;

public sealed class SchemaCheckTests
{
    private static readonly Payload Schema = Payload.Of("""
        {
          "type": "object",
          "required": ["text"],
          "additionalProperties": false,
          "properties": {
            "text": { "type": "string", "maxLength": 5 },
            "count": { "type": "integer", "minimum": 1 }
          }
        }
        """);

    [Fact]
    public void Validate_FittingValue_HasNoErrors() =>
        Assert.Empty(SchemaCheck.Validate(Schema, Payload.Of("""{"text":"hello","count":2}""")));

    [Theory]
    [InlineData("""{"text":"too long"}""", "/text")]
    [InlineData("""{"text":"ok","count":0}""", "/count")]
    [InlineData("""{"text":"ok","other":1}""", "/other")]
    [InlineData("{}", "/text")]
    [InlineData("not json", "")]
    public void Validate_WrongValue_NamesTheField(string json, string path)
    {
        var errors = SchemaCheck.Validate(Schema, Payload.Of(json));

        Assert.Contains(errors, error => error.Path == path && error.Message.Length > 0);
    }

    [Theory]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"b":1}""", "/b", "There is no such field.")]
    [InlineData("""{"properties":{"a":false}}""", """{"a":1}""", "/a", "There is no such field.")]
    [InlineData("""{"prefixItems":[{}],"items":false}""", """[1,2]""", "/1", "The list takes no more items.")]
    [InlineData("""{"minLength":1}""", "\"\"", "", "Write at least 1 character; there are 0.")]
    [InlineData("""{"minLength":2}""", "\"\"", "", "Write at least 2 characters; there are 0.")]
    [InlineData("""{"maxLength":1}""", "\"ab\"", "", "Write at most 1 character; there are 2.")]
    [InlineData("""{"minItems":1}""", "[]", "", "Give at least 1 item.")]
    [InlineData("""{"maxProperties":1}""", """{"a":1,"b":2}""", "", "Give at most 1 field.")]
    public void Validate_WrongValue_IsToldInPlainWords(string schema, string json, string path, string message) => Assert.Equal(
        new FieldError(path, message), Assert.Single(SchemaCheck.Validate(Payload.Of(schema), Payload.Of(json))));

    [Fact]
    public void Fault_BrokenSchema_SaysWhatIsWrong()
    {
        Assert.Null(SchemaCheck.Fault(Schema));
        Assert.NotNull(SchemaCheck.Fault(Payload.Of("""{"type": 3}""")));
    }

    [Theory]
    [InlineData("""{"type":"number","minimum":0}""", "1e30", true)]
    [InlineData("""{"type":"number","minimum":0}""", "1e400", true)]
    [InlineData("""{"type":"number","maximum":0}""", "1e-400", false)]
    [InlineData("""{"type":"number","exclusiveMinimum":0}""", "-1e99999999999999999999999", false)]
    [InlineData("""{"type":"integer","maximum":12345678901234567890123456789012345678901}""", "12345678901234567890123456789012345678902", false)]
    [InlineData("""{"type":"number","maximum":1.7976931348623157e308}""", "1e308", true)]
    [InlineData("""{"type":"number","multipleOf":0.01}""", "12345678901234567890123456789.01", true)]
    [InlineData("""{"type":"number","multipleOf":3}""", "1e1000000", false)]
    [InlineData("""{"type":"integer","multipleOf":1e-1000}""", "7", true)]
    [InlineData("""{"enum":[9007199254740993]}""", "9007199254740992", false)]
    [InlineData("""{"const":1e400}""", "10e399", true)]
    [InlineData("""{"type":"array","uniqueItems":true}""", "[1e400,10e399]", false)]
    [InlineData("""{"type":"integer"}""", "2.0", true)]
    [InlineData("""{"type":"integer"}""", "1e2", true)]
    [InlineData("""{"type":"integer"}""", "1e-2", false)]
    public void Validate_NumberOfAnySize_IsComparedExactly(string schema, string json, bool fits) =>
        Assert.Equal(fits, SchemaCheck.Validate(Payload.Of(schema), Payload.Of(json)).IsEmpty);

    [Theory]
    [InlineData("date-time", "2026-02-30T00:00:00Z", "2026-02-28T00:00:00Z")]
    [InlineData("date-time", "2026-01-31T25:00:00Z", "2026-01-31T23:59:60Z")]
    [InlineData("date-time", "2026-01-31T09:30:00", "2026-01-31T09:30:00.123456789+05:30")]
    [InlineData("ipv4", "1.2.3", "1.2.3.4")]
    [InlineData("ipv4", "1.2.3.256", "255.255.255.255")]
    [InlineData("ipv6", "1::2::3", "2001:db8::1")]
    [InlineData("uri", "/rel", "https://example.org/rel?q=1#x")]
    [InlineData("uri", "example.org", "mailto:ada@example.org")]
    [InlineData("email", "ada@", "ada+1@example.org")]
    [InlineData("hostname", "-a.example", "a.example")]
    [InlineData("uuid", "0190f3c49a5e7c318d2b6f1e2a3b4c5d", "0190f3c4-9a5e-7c31-8d2b-6f1e2a3b4c5d")]
    [InlineData("duration", "P1H", "PT1H")]
    [InlineData("time", "24:00:00Z", "09:30:00+01:00")]
    public void Validate_Format_IsCheckedAsItsStandardSays(string format, string wrong, string right)
    {
        var schema = Payload.Of($$"""{"type":"string","format":"{{format}}"}""");

        Assert.Contains(
            "for instance", Assert.Single(SchemaCheck.Validate(schema, Payload.Of($"\"{wrong}\""))).Message, StringComparison.Ordinal);
        Assert.Empty(SchemaCheck.Validate(schema, Payload.Of($"\"{right}\"")));
    }

    [Theory]
    [InlineData("""{"type":"object","patternProperties":{"^a":{}}}""", "{\"a\\ud83d\":1}")]
    [InlineData("""{"minLength":1}""", "\"\\ud83d\"")]
    [InlineData("""{"enum":["a"]}""", "\"\\udc00\"")]
    public void Validate_TextThatIsNoUnicode_IsToldAndNoFault(string schema, string json) =>
        Assert.Contains(
            "surrogate", Assert.Single(SchemaCheck.Validate(Payload.Of(schema), Payload.Of(json))).Message, StringComparison.Ordinal);

    [Fact]
    public void Validate_MemberThatStandsTwice_IsRefused() =>
        Assert.NotEmpty(SchemaCheck.Validate(Payload.Of("""{"properties":{"a":{"type":"string"}}}"""), Payload.Of("""{"a":1,"a":"x"}""")));

    [Theory]
    [InlineData("""{"$id":"https://acme.example/order","$ref":"#/$defs/o","$defs":{"o":{"$anchor":"o","type":"integer"}}}""")]
    [InlineData("""{"$id":"order.json","properties":{"a":{"$ref":"item.json"}},"$defs":{"i":{"$id":"item.json","type":"string"}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#o"}},"$defs":{"x":{"$anchor":"o"}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/a~1b%20c"}},"$defs":{"a/b c":{}}}""")]
    [InlineData("""{"pattern":"^(?=.*[a-z])(?!admin).+$"}""")]
    [InlineData("""{"pattern":"^[\\p{L}\\d_\\-]{2,}$"}""")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","items":[{"type":"string"}],"additionalItems":false,"dependencies":{"a":["b"]}}""")]
    [InlineData("""{"type":"number","minimum":0,"exclusiveMinimum":true,"nullable":true}""")]
    public void Fault_WhatGeneratorsWrite_IsTaken(string schema) => Assert.Null(SchemaCheck.Fault(Payload.Of(schema)));

    [Theory]
    [InlineData("""{"$ref":"https://acme.example/order.json"}""", "nothing is fetched")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/none"}}}""", "names nothing within")]
    [InlineData("""{"$ref":"#"}""", "go round")]
    [InlineData("""{"pattern":"("}""", "not a regular expression")]
    [InlineData("""{"minimum":"3"}""", "'minimum' is a number")]
    public void Fault_WhatCannotBeApplied_SaysWhatToDo(string schema, string says) =>
        Assert.Contains(says, SchemaCheck.Fault(Payload.Of(schema)), StringComparison.Ordinal);

    [Fact]
    public void Validate_PatternThatBacktracksForEver_IsGivenUpInTime()
    {
        var schema = Payload.Of("""{"pattern":"^(?=(a+)+$)b"}""");
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        var error = Assert.Single(SchemaCheck.Validate(schema, Payload.Of($"\"{new string('a', 60)}!\"")));

        Assert.Contains("too long", error.Message, StringComparison.Ordinal);
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("""{"anyOf":[{"required":["csv"]},{"required":["file"]}]}""", "{}", "", "Fill in Csv or File.")]
    [InlineData("""{"properties":{"n":{"title":"Count","anyOf":[{"type":"integer"},{"type":"null"}]}}}""", """{"n":"x"}""", "/n", "Enter a whole number; this is text.")]
    [InlineData("""{"oneOf":[{"properties":{"k":{"const":"a"},"x":{"type":"integer"}}},{"properties":{"k":{"const":"b"},"x":{"type":"string"}}}]}""", """{"k":"b","x":1}""", "/x", "Enter text; this is a number.")]
    public void Validate_Alternatives_TellTheOneThatWasMeant(string schema, string json, string path, string message) =>
        Assert.Contains(new FieldError(path, message), SchemaCheck.Validate(Payload.Of(schema), Payload.Of(json)));
}
