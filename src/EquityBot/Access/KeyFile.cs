using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace EquityBot.Access;

/// <summary>Wraps the keys in the database with what a file outside of it says: whoever has only a copy of the database can forge no cookie. AES-256-GCM.</summary>
public sealed class KeyFile : IXmlEncryptor
{
    const int ShortestSecret = 32;
    const int LongestSecret = 64 * 1024;
    static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;

    readonly byte[] key;

    /// <param name="secret">At least 32 bytes that nobody can guess; the wrapping key is derived from them.</param>
    public KeyFile(ReadOnlySpan<byte> secret)
    {
        key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, [], "EquityBot key file 1"u8);
    }

    /// <summary>Null where none is named. What is in the file never appears in a message.</summary>
    public static KeyFile? Read(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return null;
        }

        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? throw Wrong("is no file that is there")
                : file.Length is < ShortestSecret or > LongestSecret ? throw Wrong($"holds {file.Length} bytes, not between {ShortestSecret} and {LongestSecret}; “openssl rand -base64 48” makes good ones")
                : new(File.ReadAllBytes(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Wrong("cannot be read by this program");
        }

        SettingException Wrong(string how) => new($"Protection__KeyFile: {path} {how}.");
    }

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var wrapped = new byte[NonceLength + TagLength + plain.Length];
        var nonce = wrapped.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, wrapped.AsSpan(NonceLength + TagLength), wrapped.AsSpan(NonceLength, TagLength));
        return new(new XElement("wrapped", Convert.ToBase64String(wrapped)), typeof(Unwrapping));
    }

    XElement Decrypt(XElement encrypted)
    {
        var wrapped = Convert.FromBase64String(encrypted.Value).AsSpan();
        var plain = new byte[wrapped.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(wrapped[..NonceLength], wrapped[(NonceLength + TagLength)..], wrapped[NonceLength..(NonceLength + TagLength)], plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    /// <summary>Data Protection makes this by the name that stands beside each wrapped key.</summary>
    public sealed class Unwrapping(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) =>
            (services.GetService<AccessSettings>()?.KeyFile ?? throw new CryptographicException("A key in the database is wrapped and Protection__KeyFile names no file.")).Decrypt(encryptedElement);
    }
}
