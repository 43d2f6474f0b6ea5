#pragma once
// Certificates of a test's own, made when they are needed: an authority, and servers that it vouches for.

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace bornite::test {

template <auto free>
struct OpensslDeleter {
  template <typename T>
  void operator()(T* object) const {
    free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, OpensslDeleter<&EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, OpensslDeleter<&X509_free>>;

/// A certificate and its private key.
struct Identity {
  Key key;
  Certificate certificate;
};

namespace detail {

inline void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  std::unique_ptr<X509_EXTENSION, OpensslDeleter<&X509_EXTENSION_free>> extension(
      ::X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  if (!extension || ::X509_add_ext(certificate, extension.get(), -1) != 1)
    throw std::runtime_error("cannot add an extension to a certificate");
}

inline Identity issue(const std::string& name, const Identity* issuer, const std::string& alternative_names) {
  static long serial = 1;
  Identity identity{Key(EVP_EC_gen("P-256")), Certificate(::X509_new())};
  X509* const x509 = identity.certificate.get();
  ::X509_set_version(x509, X509_VERSION_3);
  ::ASN1_INTEGER_set(::X509_get_serialNumber(x509), serial++);
  ::X509_gmtime_adj(::X509_getm_notBefore(x509), -3600);
  ::X509_gmtime_adj(::X509_getm_notAfter(x509), 24 * 3600);
  ::X509_set_pubkey(x509, identity.key.get());
  ::X509_NAME_add_entry_by_txt(::X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509* const signer = issuer ? issuer->certificate.get() : x509;
  ::X509_set_issuer_name(x509, ::X509_get_subject_name(signer));
  add_extension(x509, signer, NID_basic_constraints, issuer ? "critical,CA:FALSE" : "critical,CA:TRUE");
  if (!alternative_names.empty()) add_extension(x509, signer, NID_subject_alt_name, alternative_names);
  if (::X509_sign(x509, issuer ? issuer->key.get() : identity.key.get(), ::EVP_sha256()) == 0)
    throw std::runtime_error("cannot sign a certificate");
  return identity;
}

}  // namespace detail

/// An authority that signs itself.
class CertificateAuthority {
 public:
  /// For these subjects in OpenSSL's words, such as "DNS:localhost,IP:127.0.0.1".
  [[nodiscard]] Identity issue(const std::string& alternative_names) const {
    return detail::issue("a test server", &own_, alternative_names);
  }
  /// Writes the authority's own certificate in PEM.
  void write(const std::filesystem::path& path) const {
    std::unique_ptr<BIO, OpensslDeleter<&BIO_free_all>> file(::BIO_new_file(path.c_str(), "w"));
    if (!file || ::PEM_write_bio_X509(file.get(), own_.certificate.get()) != 1)
      throw std::runtime_error("cannot write " + path.string());
  }

 private:
  Identity own_ = detail::issue("bornite's test authority", nullptr, "");
};

}  // namespace bornite::test
