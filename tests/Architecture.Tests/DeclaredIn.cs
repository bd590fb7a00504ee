using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Orkestron.Architecture.Tests;

/// <summary>Source files of the types that have no method body (interfaces, enums), which the symbols list apart.</summary>
internal sealed class DeclaredIn
{
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");
    private readonly Dictionary<int, string> _paths = [];

    /// <param name="symbols">Path of a portable symbol file.</param>
    public DeclaredIn(string symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(symbols));
        var reader = provider.GetMetadataReader();
        foreach (var each in reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation))
        {
            if (reader.GetGuid(each.Kind) == TypeDefinitionDocuments)
            {
                var document = MetadataTokens.DocumentHandle(reader.GetBlobReader(each.Value).ReadCompressedInteger());
                _paths[MetadataTokens.GetToken(each.Parent)] = reader.GetString(reader.GetDocument(document).Name);
            }
        }
    }

    /// <param name="token">Metadata token of the type.</param>
    public string? this[int token] => _paths.GetValueOrDefault(token);
}
