{{- define "odd.labels" -}}
app: {{ printf "%s" (default "odd" (get (dict "a" .Release.Name) "a")) }}
{{- end -}}
{{- define "odd.context" -}}
{{- if .Values.hardened -}}
{ runAsNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, runAsUser: 10001, seccompProfile: { type: RuntimeDefault }, capabilities: { drop: [ALL] } }
{{- else -}}
{ privileged: true }
{{- end -}}
{{- end -}}
