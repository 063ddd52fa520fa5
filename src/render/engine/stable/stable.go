// Package stable replaces the template functions whose result differs from one render to the next, or that take
// seconds without a native processor, by fixed ones: two renders of one chart are equal, and a change shows alone.
package stable

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"text/template"
	"time"
)

// certificate has the fields that charts read from genCA and its sisters.
type certificate struct{ Cert, Key string }

var stand = certificate{
	Cert: "-----BEGIN CERTIFICATE-----\nZ2VuZXJhdGVkIGF0IGluc3RhbGxhdGlvbg==\n-----END CERTIFICATE-----\n",
	Key:  "-----BEGIN RSA PRIVATE KEY-----\nZ2VuZXJhdGVkIGF0IGluc3RhbGxhdGlvbg==\n-----END RSA PRIVATE KEY-----\n",
}

const hash = "$2a$10$generatedatinstallationOgeneratedatinstallationgenera"

// Replace puts the fixed functions in place of the others.
func Replace(functions template.FuncMap) {
	for _, name := range []string{"randAlphaNum", "randAlpha", "randAscii"} {
		functions[name] = func(length int) string { return repeated("generated", length) }
	}
	functions["randNumeric"] = func(length int) string { return repeated("7", length) }
	functions["randBytes"] = func(length int) (string, error) {
		return base64.StdEncoding.EncodeToString([]byte(repeated("generated", length))), nil
	}
	functions["now"] = func() time.Time { return time.Now().Round(0) } // without the time since the start
	functions["randInt"] = func(from, _ int) int { return from }
	functions["shuffle"] = func(text string) string { return text }
	functions["uuidv4"] = func() string { return "00000000-0000-4000-8000-000000000000" }
	for _, name := range []string{"genCA", "genCAWithKey", "genSelfSignedCert", "genSelfSignedCertWithKey", "genSignedCert", "genSignedCertWithKey"} {
		functions[name] = func(...any) (certificate, error) { return stand, nil }
	}
	functions["genPrivateKey"] = func(string) string { return stand.Key }
	functions["buildCustomCert"] = custom
	functions["htpasswd"] = func(user, _ string) string { return user + ":" + hash }
	functions["bcrypt"] = func(string) string { return hash }
	functions["encryptAES"] = encrypted
}

func repeated(text string, length int) string {
	if length <= 0 {
		return ""
	}
	return strings.Repeat(text, length/len(text)+1)[:length]
}

func custom(cert, key string) (certificate, error) {
	decodedCert, err := base64.StdEncoding.DecodeString(cert)
	if err != nil {
		return certificate{}, errors.New("unable to decode base64 certificate")
	}
	decodedKey, err := base64.StdEncoding.DecodeString(key)
	if err != nil {
		return certificate{}, errors.New("unable to decode base64 private key")
	}
	return certificate{Cert: string(decodedCert), Key: string(decodedKey)}, nil
}

// encrypted is sprig's encryptAES with a vector of zeros, so that decryptAES reads it.
func encrypted(password, text string) (string, error) {
	key := make([]byte, 32)
	copy(key, password)
	block, err := aes.NewCipher(key)
	if err != nil {
		return "", err
	}
	padding := aes.BlockSize - len(text)%aes.BlockSize
	padded := append([]byte(text), strings.Repeat(string(rune(padding)), padding)...)
	output := make([]byte, aes.BlockSize+len(padded))
	cipher.NewCBCEncrypter(block, output[:aes.BlockSize]).CryptBlocks(output[aes.BlockSize:], padded)
	return base64.StdEncoding.EncodeToString(output), nil
}

// Helm itself does not bound templates within templates; a chart with more is a bomb.
const maxDepth = 100

var depth int

// EnterTpl counts one more `tpl` within another, and refuses too many; LeaveTpl takes it back.
func EnterTpl() error {
	if depth >= maxDepth {
		return fmt.Errorf("tpl is nested more than %d times", maxDepth)
	}
	depth++
	return nil
}

// LeaveTpl is called when a `tpl` has ended, however it ended.
func LeaveTpl() { depth-- }

// Begin forgets what an earlier render left behind.
func Begin() { depth = 0 }
